"""The house rules of the board (WEB L and V, DESIGN P4), read from its source itself: what imports what, and how long."""

import re
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

import pytest

SOURCE = Path(__file__).parent.parent / "web" / "src"
FILES = sorted(
    path for path in SOURCE.rglob("*") if path.suffix in {".ts", ".tsx", ".css"} and path.name != "schema.ts"
)
MODULES = [path for path in FILES if path.suffix != ".css" and ".test." not in path.name]
IMPORTED = re.compile(r"""(?:\bfrom|\bimport)\s*\(?\s*["']([^"']+)["']""")


def name_of(path: Path) -> str:
    return path.relative_to(SOURCE).as_posix()


def imported(path: Path) -> Iterator[str]:
    """Each import: a module of ours by its place below `web/src`, as `@/widgets/Age`, or the name of a package."""
    for name in IMPORTED.findall(path.read_text("utf-8")):
        yield f"@/{_flat(PurePosixPath(name_of(path)).parent / name)}" if name.startswith(".") else name


def _flat(path: PurePosixPath) -> str:
    parts: list[str] = []
    for part in path.parts:
        if part == "..":
            parts.pop()
        else:
            parts.append(part)
    return "/".join(parts)


def of_room(room: str) -> list[Path]:
    """The modules of a room; of `realtime` those of the client alone, which know no screen."""
    above = ("realtime/react/", "realtime/components/")
    return [path for path in MODULES if name_of(path).startswith(f"{room}/") and not name_of(path).startswith(above)]


def test_the_board_has_its_rooms():
    assert all(len(of_room(room)) > 10 for room in ("realtime", "widgets", "record", "screens", "app"))


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_p4_no_file_is_over_400_lines(path):
    assert len(path.read_text("utf-8").splitlines()) <= 400


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_p4_a_module_opens_with_a_comment(path):
    said = re.match(r"(?://[^\n]*\n)+|/\*.*?\*/", path.read_text("utf-8"), re.DOTALL)
    assert said is not None
    assert len(said[0]) > 30


@pytest.mark.parametrize("path", of_room("realtime"), ids=name_of)
def test_l_the_client_knows_neither_react_nor_what_is_built_on_it(path):
    found = set(imported(path))
    of_screens = re.compile(r"react\b|.*[/-]react\b|@mantine/|@tabler/|zustand$")
    assert not {name for name in found if not name.startswith("@/") and of_screens.match(name)}
    ours = {name for name in found if name.startswith("@/")}
    assert not {name for name in ours if not name.startswith("@/realtime/")}
    assert not {name for name in ours if name.startswith(("@/realtime/react", "@/realtime/components"))}


@pytest.mark.parametrize("path", [*of_room("widgets"), *of_room("record")], ids=name_of)
def test_widgets_and_records_know_no_screen(path):
    assert not {name for name in imported(path) if name.startswith("@/screens")}
