"""A real browser that does what a test says: Chromium, driven by browser.mjs with the board's own Playwright."""

import asyncio
import json
import os
import subprocess
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import cache
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
LONGEST_LINE = 2**20


class Browser:
    """One person's; what fails there fails the test, with what stood on the page."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process

    async def opens(self, url: str) -> None:
        await self._does("opens", url=url)

    async def writes(self, label: str, text: str) -> None:
        await self._does("writes", label=label, text=text)

    async def presses(self, name: str) -> None:
        await self._does("presses", name=name)

    async def chooses(self, name: str) -> None:
        """In the menu that is open."""
        await self._does("chooses", name=name)

    async def reloads(self) -> None:
        await self._does("reloads")

    async def sees(self, words: str) -> None:
        await self._does("sees", words=words)

    async def runs(self, script: str, **given: Any) -> Any:
        """What a page's own script gives: an async function of what it is given."""
        return await self._does("runs", script=script, given=given)

    async def cookies(self) -> list[dict[str, Any]]:
        cookies: list[dict[str, Any]] = await self._does("cookies")
        return cookies

    async def complaints(self) -> list[str]:
        complaints: list[str] = await self._does("complaints")
        return complaints

    async def _does(self, deed: str, **told: Any) -> Any:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps({"do": deed, **told}).encode() + b"\n")
        line = await asyncio.wait_for(self._process.stdout.readline(), 60)
        assert line, "the browser has ended"
        said = json.loads(line)
        assert "error" not in said, f"{deed} {told}: {said}"
        return said["value"]


@cache
def chromium() -> str:
    """The browser that the board's own tests use."""
    found = subprocess.run([HERE.parents[1] / "tools" / "chromium.sh"], stdout=subprocess.PIPE, check=True, text=True)
    return found.stdout.strip()


@asynccontextmanager
async def a_browser() -> AsyncIterator[Browser]:
    """Closed at the end, whatever comes."""
    process = await asyncio.create_subprocess_exec(
        "node", "browser.mjs", cwd=HERE, env={**os.environ, "CHROMIUM": chromium()}, limit=LONGEST_LINE,
        stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE,
    )  # fmt: skip
    try:
        yield Browser(process)
    finally:
        assert process.stdin is not None
        process.stdin.close()
        try:
            await asyncio.wait_for(process.wait(), 20)
        except TimeoutError:
            process.kill()
            await process.wait()
