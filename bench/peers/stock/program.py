"""python-socketio's AsyncServer on aiohttp and uvloop, WebSocket alone: a peer for fan-out.

    python program.py stock     the manager that python-socketio brings along
    python program.py fanout    the same program with `client_manager=FanoutManager()`

A client that is let in may ask for a burst of events to everybody: all in one turn of the loop, or one a turn.
"""

import asyncio
import json
import os
import sys
from pathlib import Path
from typing import Any

import socketio
import uvloop
from aiohttp import web

from server.fanout import FanoutManager

EVENT, EVERYBODY = "call_updated", "everybody"
CALL = json.loads(Path(__file__).parent.with_name("event.json").read_text())
MANAGERS = {"stock": socketio.AsyncManager, "fanout": FanoutManager}


class Fan:
    """The handlers of the server."""

    def __init__(self, sio: Any, token: str) -> None:
        self._sio, self._token = sio, token
        sio.on("connect", self.connect)
        sio.on("fan", self.fan)

    async def connect(self, sid: str, _: Any, auth: dict[str, str]) -> None:
        """Let in who has the token."""
        if auth.get("token") != self._token:
            raise ConnectionRefusedError("not let in")
        await self._sio.enter_room(sid, EVERYBODY)

    async def fan(self, _: str, asked: dict[str, Any]) -> None:
        """Tell an event to all, `events` times."""
        for _n in range(asked["events"]):
            await self._sio.emit(EVENT, CALL, room=EVERYBODY)
            if asked["mode"] == "turns":
                await asyncio.sleep(0)


async def serve(manager: str) -> None:
    """Serve until killed."""
    sio = socketio.AsyncServer(
        async_mode="aiohttp", transports=["websocket"], client_manager=MANAGERS[manager](), http_compression=False
    )
    application = web.Application()
    sio.attach(application)
    Fan(sio, os.environ["TOKEN"])
    runner = web.AppRunner(application, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", int(os.environ["PORT"])).start()
    await asyncio.Event().wait()


if __name__ == "__main__":
    uvloop.run(serve(sys.argv[1]))
