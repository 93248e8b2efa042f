"""The server's own pages, under a strict policy (WEB U6)."""

import re

import pytest
from caller import Caller

from server.static import FILES

PAGES = [path for path, (_, kind) in FILES.items() if kind == "text/html"]


@pytest.mark.parametrize("path", list(FILES))
async def test_every_file_is_served_with_its_kind_and_the_policy(somebody: Caller, path: str):
    answer = await somebody.gets(path)
    assert answer.status == 200
    assert answer.headers["Content-Type"] == f"{FILES[path][1]}; charset=utf-8"
    assert answer.headers["Content-Security-Policy"].startswith("default-src 'self';")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("path", PAGES)
async def test_u6_a_page_holds_no_script_or_style_and_nothing_from_elsewhere(somebody: Caller, path: str):
    text = (await somebody.gets(path)).raw.decode()
    assert not re.search(r"<script(?![^>]*\ssrc=)|<style|\son\w+=|\sstyle=|//[a-z]", text.replace("<!doctype", ""))
    for found in re.findall(r'(?:src|href)="([^"]+)"', text):
        assert (await somebody.gets(found)).status == 200
