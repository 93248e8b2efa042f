"""The upgrade of a polling session: whether the client means the WebSocket that he has opened beside his polls.

Between the socket, taken over already, and the session, which goes on by polling until the upgrade is whole.
"""

import asyncio
from typing import Any

from server.packets import PROBE, wire
from server.takeover import Socket


class Probe:
    """Reads the new WebSocket: "2probe" is answered and a waiting poll let go; "5" makes it the session's only way.

    Anything else, or `within` seconds without an end, closes it, and the session polls on.
    """

    def __init__(self, session: Any, socket: Socket, within: float) -> None:
        self._session, self._socket = session, socket
        self._is_probed = False
        self._timer = asyncio.get_running_loop().call_later(within, self._fail)
        session.upgrading = True
        socket.start(self)

    def said(self, _: int, content: str | bytes) -> None:
        """What the client says before the upgrade."""
        if content == PROBE and not self._is_probed:
            self._is_probed = True
            self._socket.write([wire(b"3probe")])
            self._session.queue.end_poll()
        elif content == "5" and self._is_probed and not self._session.closing:
            self.lost()
            self._session.start(self._socket)
        else:
            self._fail()

    def _fail(self) -> None:
        self.lost()
        self._socket.shut()

    def lost(self) -> None:
        """This way is not, or no more, to be probed."""
        self._timer.cancel()
        self._session.upgrading = False
