from types import SimpleNamespace

import pytest

from server.driver import FanoutWebSocket, Pipe, driven


async def test_a_pipe_needs_a_transport():
    with pytest.raises(ConnectionResetError):
        Pipe(SimpleNamespace(transport=None))  # type: ignore[arg-type]


def test_o2_the_table_is_copied():
    table = {"asyncio": True, "websocket": object}
    assert driven(table) == {"asyncio": True, "websocket": FanoutWebSocket}
    assert table["websocket"] is object
