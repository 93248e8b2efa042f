"""A server that knows one resource more: who may read a lead depends on what is in it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from leads import make_leads
from network import free_port
from premises import copy_of

from server.app import Callboard
from server.settings import Settings


@asynccontextmanager
async def a_board_with_leads(furnished: Path, folder: Path) -> AsyncIterator[Callboard]:
    """On a copy of the furnished database."""
    url = f"sqlite:///{copy_of(furnished, folder)}"
    board = Callboard(Settings.read(port=free_port(), database_url=url), extra=[make_leads()], say=lambda _: None)
    await board.start()
    await board.listen()
    try:
        yield board
    finally:
        await board.stop()
