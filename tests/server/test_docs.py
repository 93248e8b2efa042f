"""The page `/docs` in a real browser: all that there is can be read, linked to and found."""

import asyncio
import re
import shutil
from pathlib import Path

import pytest

from events.catalog import Catalog
from server.app import Callboard
from server.asyncapi import shown_events
from server.vocabulary import signals, words

BROWSER = shutil.which("chromium") or shutil.which("google-chrome")
PATIENCE = 60

pytestmark = pytest.mark.skipif(BROWSER is None, reason="NO CHROMIUM: the page /docs was NOT read in a browser")


async def read(board: Callboard, folder: Path, path: str) -> str:
    """The page's elements, once its script has run."""
    options = ("--headless", "--no-sandbox", "--disable-gpu", "--virtual-time-budget=5000", f"--user-data-dir={folder}")
    browser = await asyncio.create_subprocess_exec(
        str(BROWSER), *options, "--dump-dom", f"http://127.0.0.1:{board.settings.port}{path}",
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.DEVNULL,
    )  # fmt: skip
    said, _ = await asyncio.wait_for(browser.communicate(), PATIENCE)
    return said.decode()


async def test_every_command_event_and_signal_is_there_and_no_link_is_dead(
    board: Callboard, catalog: Catalog, tmp_path: Path
):
    text = await read(board, tmp_path, "/docs")
    ids = re.findall(r'\sid="([^"]+)"', text)
    assert len(ids) == len(set(ids))
    commands = {command.name for command in catalog.commands.values() if command.on_wire} | {
        word.name for word in words()
    }
    events = {*shown_events(catalog), "record_hidden"}
    expected = {f"command-{name}" for name in commands} | {f"event-{name}" for name in events}
    assert expected | {f"signal-{signal.name}" for signal in signals()} <= set(ids)
    assert set(catalog.wire_plurals) <= set(ids)
    assert {link for link in re.findall(r'href="#([^"]+)"', text) if link not in ids} == set()
    assert "undefined" not in text
    assert "An admin, a dispatcher, or an engineer who is its assignee." in text
    assert "/api/tenants/{slug}/calls/{id}/assign" in text


async def test_what_is_looked_for_is_left(board: Callboard, tmp_path: Path):
    text = await read(board, tmp_path, "/docs?q=hold_call%20reason")
    shown = [found for found in re.findall(r'<details class="item"([^>]*)>', text) if "hidden" not in found]
    assert len(re.findall(r"<details class=.item.", text)) > 100
    assert ['id="command-hold_call"' in each for each in shown] == [True]
    assert "1 found" in text
