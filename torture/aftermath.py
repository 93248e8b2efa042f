"""After the last round (C9): the server stops and starts once more, and what is on disk must be what everybody saw last."""

import asyncio
import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from torture.actor import Actor
from torture.history import History
from torture.premises import Premises
from torture.replica import Key, digest_of, held_in
from torture.secrecy import Secrecy

EXPORT_S = 120
PROGRAM = "from server.__main__ import main; main()"


async def aftermath(
    premises: Premises, history: History, secrecy: Secrecy, actors: Sequence[Actor], folder: Path
) -> None:
    """Export, stop, export once more, start, read; each finding is a line."""
    stewards = [actor for actor in actors if actor.person.name == "steward"]
    held = {actor.person.tenant: actor.replica.held for actor in stewards}

    def found(what: str, wrong: str) -> None:
        history.note("afterwards", what=what, ok=not wrong, said=wrong)

    async def export(place: Path, how: str) -> None:
        exported = await _exported(premises, place)
        for actor in stewards:
            tenant = actor.person.tenant
            history.note("exported", actor.who, **_leak(secrecy, actor, place / tenant))
            found(f"the export of {tenant}{how} is what everybody saw", _difference(exported[tenant], held[tenant]))

    await export(folder / "export-serving", " from beside the server")
    code = await premises.stop()
    found("it stops with 0", "" if code == 0 else f"it ended with {code}")
    await export(folder / "export", "")
    await premises.start()
    found("it starts and is ready", "" if await premises.is_ready() else "it is not ready")
    for actor in stewards:
        page = await actor.requests.snapshot()
        found(
            f"{actor.person.tenant} reads the same after the restart",
            _difference(held_in([page]), held[actor.person.tenant]),
        )
    code = await premises.stop()
    found("it stops with 0 again", "" if code == 0 else f"it ended with {code}")


async def _exported(premises: Premises, folder: Path) -> dict[str, dict[Key, str]]:
    """`callboard export`, read back: records as digests by tenant."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", PROGRAM, "export", str(folder), env={**os.environ, "DATABASE_URL": premises.database_url},
        cwd=premises.folder, stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.DEVNULL,
    )  # fmt: skip
    await asyncio.wait_for(process.wait(), EXPORT_S)
    return _tenants(folder)


def _tenants(folder: Path) -> dict[str, dict[Key, str]]:
    return {place.name: _records(place) for place in folder.iterdir() if place.is_dir()}


def _records(folder: Path) -> dict[Key, str]:
    files = [file for file in folder.glob("*.json") if file.stem != "former_users"]
    records: list[tuple[str, Any]] = [(file.stem, each) for file in files for each in json.loads(file.read_bytes())]
    return {(plural, record["id"]): digest_of(record) for plural, record in records}


def _leak(secrecy: Secrecy, actor: Actor, folder: Path) -> dict[str, str]:
    found = (secrecy.leak(actor.who, file.read_text()) for file in folder.iterdir())
    return next((dict(leak) for leak in found if leak), {})


def _difference(found: dict[Key, str], expected: dict[Key, str]) -> str:
    differing = [key for key in {*found, *expected} if found.get(key) != expected.get(key)]
    if not differing:
        return ""
    return f"{len(differing)} of {len(expected)} records differ, such as {'/'.join(differing[0])}"
