"""Waiting for what other programs bring about: asked again and again, as nobody says when it is so."""

import asyncio
from collections.abc import Awaitable, Callable

AGAIN_S = 0.05


async def until(condition: Callable[[], Awaitable[bool]], within: float) -> bool:
    """Whether the condition came true in time."""
    loop = asyncio.get_running_loop()
    end = loop.time() + within
    while not (is_so := await condition()) and loop.time() < end:  # noqa: ASYNC110  # no event comes
        await asyncio.sleep(AGAIN_S)
    return is_so
