"""The control socket: how programs on the same machine ask a running server, which alone has the desks (D8).

A Unix socket beside the database (`places.py`), for its owner only (mode 0600): who may open it could as well open the
database. The server starts a `Control`; the command line calls `reach`, which finds the server or opens the desks itself,
or `follow`, which takes a server: its answers are lines of JSON that do not end.
"""

import asyncio
import json
import logging
import socket
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, aclosing, asynccontextmanager, suppress
from pathlib import Path
from typing import Any

from aiohttp import ClientError, ClientSession, ClientTimeout, UnixConnector, web

from server.administration import ERRANDS, STREAMS, Answer, Keeper, Message
from server.places import control_socket, make_own, own_folder
from server.replies import failure
from server.standalone import Standalone
from stores.errors import Locked

log = logging.getLogger("callboard.control")

Ask = Callable[[str, Message], Awaitable[Answer]]

LARGEST = 64 * 2**20  # bytes in one message; the import sends far less
PATIENCE_S = 10.0  # for a server that has the lock and does not answer yet
STOP_S = 2.0  # that long a batch under way may take at the end
SILENCE_S = 120.0  # until an errand counts as lost


class AskedInVainError(Exception):
    """The errand was not carried out; the message is one line for people."""


class Control:
    """The server's end. Start it once the desks are open, by the holder of the database's lock."""

    def __init__(self, path: Path, keeper: Keeper) -> None:
        self._path, self._keeper = path, keeper
        self._runner: web.AppRunner | None = None
        self._inode = 0
        self._following: set[asyncio.Task[Any]] = set()

    async def start(self) -> None:
        """Listen. Where that cannot be (a path too long for a socket), the server runs without, and says so."""
        try:
            listening = _listening_at(self._path)
        except OSError as error:
            log.warning("no control socket at %s: %s", self._path, error)
            return
        self._inode = self._path.stat().st_ino
        application = web.Application(client_max_size=LARGEST)
        application.add_routes([web.post(path, self._answer) for path in ERRANDS])
        application.add_routes([web.post(path, self._follow) for path in STREAMS])
        self._runner = web.AppRunner(application, access_log=None, handle_signals=False, shutdown_timeout=STOP_S)
        await self._runner.setup()
        await web.SockSite(self._runner, listening).start()

    async def stop(self) -> None:
        """Finish what is being answered, part with those who follow, then take the socket away."""
        for task in self._following:
            task.cancel()
        if self._runner is not None:
            await self._runner.cleanup()
            self._remove()

    def _remove(self) -> None:
        """Take away our own socket alone: who lost the desk to another server must leave that one's (D8)."""
        try:
            if self._path.exists() and self._path.stat().st_ino == self._inode:
                self._path.unlink(missing_ok=True)
        except OSError as error:  # a disk that may not be written, say; whoever starts next takes the socket away
            log.warning("the control socket %s stays behind: %s", self._path, error.strerror)

    async def _answer(self, request: web.Request) -> web.Response:
        # The standard library's JSON: rows of a broken file may hold lone surrogates, which orjson refuses to carry.
        answer = await run_errand(self._keeper, request.path, json.loads(await request.text()))
        return web.json_response(answer)

    async def _follow(self, request: web.Request) -> web.StreamResponse:
        """Lines until the other side has gone, or the server ends."""
        task = asyncio.current_task()
        assert task is not None  # noqa: S101  # a handler runs in one
        self._following.add(task)
        task.add_done_callback(self._following.discard)
        message, response = json.loads(await request.text()), web.StreamResponse()
        response.content_type = "application/x-ndjson"
        await response.prepare(request)
        with suppress(ConnectionError):
            async with aclosing(run_stream(self._keeper, request.path, message)) as lines:
                async for line in lines:
                    await response.write(line)
        return response


async def run_errand(keeper: Keeper, path: str, message: Message) -> Answer:
    """`{"ok": true, …}`, or an answer as the doors give it where it fails."""
    try:
        return {"ok": True, **await ERRANDS[path](keeper, message)}
    except Exception as error:  # noqa: BLE001  # replies.py says what of it is told
        return failure(error)[1]


async def run_stream(keeper: Keeper, path: str, message: Message) -> AsyncGenerator[bytes]:
    """Answers as lines; an empty one is a sign of life. The last is a failure, where it fails."""
    try:
        async with aclosing(STREAMS[path](keeper, message)) as answers:
            async for answer in answers:
                yield b"\n" if answer is None else _line({"ok": True, **answer})
    except Exception as error:  # noqa: BLE001  # replies.py says what of it is told
        yield _line(failure(error)[1])


def _line(answer: Answer) -> bytes:
    return json.dumps(answer).encode() + b"\n"


@asynccontextmanager
async def reach(url: str) -> AsyncIterator[Ask]:
    """A way to ask whoever may change this database: its running server, or else this program itself, under the lock.

    Raises `Locked` where somebody holds the lock and does not answer; what is asked may raise AskedInVainError."""
    async with AsyncExitStack() as stack:
        yield await _found(url, stack)


async def follow(url: str, path: str, message: Message) -> AsyncGenerator[Answer]:
    """The answers of the running server, one by one, for as long as it runs. Raises AskedInVainError at their end, or where
    none runs."""
    place = control_socket(url)
    if not await is_listening(place):
        raise AskedInVainError("No server runs on this database, so there is nothing to follow.")
    connector, patience = UnixConnector(str(place)), ClientTimeout(total=None, sock_read=SILENCE_S)
    async with ClientSession(connector=connector, timeout=patience) as session:
        try:
            async with session.post(f"http://callboard{path}", data=json.dumps(message)) as response:
                async for line in response.content:
                    if line.strip():
                        yield _carried_out(json.loads(line))
        except (ClientError, TimeoutError, ValueError) as error:
            raise AskedInVainError("The server has gone.") from error
    raise AskedInVainError("The server has gone.")


async def _found(url: str, stack: AsyncExitStack) -> Ask:
    deadline, place = asyncio.get_running_loop().time() + PATIENCE_S, control_socket(url)
    while True:
        if await is_listening(place):
            session = ClientSession(connector=UnixConnector(str(place)), timeout=ClientTimeout(SILENCE_S))
            return _asking_the_server(await stack.enter_async_context(session))
        try:
            return _asking_myself(await stack.enter_async_context(Standalone(url)))
        except Locked:
            if asyncio.get_running_loop().time() > deadline:
                raise
            await asyncio.sleep(0.1)


def _asking_the_server(session: ClientSession) -> Ask:
    async def ask(path: str, message: Message) -> Answer:
        try:
            async with session.post(f"http://callboard{path}", data=json.dumps(message)) as response:
                return _carried_out(await response.json(content_type=None))
        except (ClientError, TimeoutError, ValueError) as error:
            raise AskedInVainError("The server went away meanwhile. It is safe to ask again.") from error

    return ask


def _asking_myself(keeper: Keeper) -> Ask:
    async def ask(path: str, message: Message) -> Answer:
        return _carried_out(await run_errand(keeper, path, message))

    return ask


def _carried_out(answer: Any) -> Answer:
    if answer["ok"]:
        return dict(answer)
    error = answer["error"]
    fields = "; ".join(f"{name.replace('_', ' ')} {said}" for name, said in error.get("fields", {}).items())
    raise AskedInVainError(f"The {fields}." if fields else error["message"])


async def is_listening(path: Path) -> bool:
    """Whether a server answers at this control socket."""
    try:
        _check_folder(path)
        _, writer = await asyncio.open_unix_connection(path)
    except (FileNotFoundError, ConnectionRefusedError):
        return False
    except OSError as error:
        raise AskedInVainError(
            f"The server's control socket {path} cannot be used: {error.strerror or error}."
        ) from error
    writer.close()
    return True


def _check_folder(path: Path) -> None:
    """Passwords go through this socket: in a folder that is anybody's, anybody could listen in our place."""
    if path.parent == own_folder():
        make_own(path.parent)


def _listening_at(path: Path) -> socket.socket:
    """A socket there, its owner's alone before anybody can connect. What a server that died has left goes first."""
    _check_folder(path)
    if path.is_socket():
        path.unlink()
    listening = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    try:
        listening.bind(str(path))
        path.chmod(0o600)
    except BaseException:
        listening.close()
        raise
    return listening
