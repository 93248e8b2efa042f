"""What the checker has found, each by the seed that showed it first, made small enough to happen every time."""

import asyncio
import socket
import struct

import pytest

PATIENCE = 20
RESET = struct.pack("ii", 1, 0)
HANDSHAKE = (
    "GET {} HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
)


def knocks_and_goes(port: int, path: str, *, reset: bool) -> None:
    """A handshake, and the client is gone before anybody has read it."""
    client = socket.create_connection(("127.0.0.1", port))
    client.sendall(HANDSHAKE.format(path).encode())
    if reset:
        client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)
    client.close()


@pytest.mark.parametrize("reset", [False, True], ids=["closed", "reset"])
@pytest.mark.parametrize("path", ["/ws", "/socket.io/?EIO=4&transport=websocket"])
async def test_seed_w2_a_client_that_has_gone_before_his_handshake_is_read_is_no_news(server, path, reset):
    pause = asyncio.create_task(server.pause(0.3))
    await asyncio.sleep(0)
    for _ in range(20):
        knocks_and_goes(server.port, path, reset=reset)
    await pause
    await asyncio.wait_for(server.until_ready(), PATIENCE)
    assert await server.stop() == 0
    assert "unforeseen" not in server.last_words()
