"""The house rules of DESIGN P4, A4 and A6, read from the source itself: each of these was somebody's bug once."""

import ast
import re
import statistics
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
ROOMS = {
    "stores": {"stores"},
    "events": {"events", "stores"},
    "server": {"server", "events", "stores"},
    "torture": {"torture", "server", "events", "stores"},
}
FILES = sorted(
    path for room in ROOMS for path in (ROOT / room).rglob("*.py") if "migrations/versions" not in path.as_posix()
)
MUTABLE = (ast.List, ast.Dict, ast.Set, ast.ListComp, ast.DictComp, ast.SetComp)
MAKERS = {
    "list",
    "dict",
    "set",
    "deque",
    "defaultdict",
    "OrderedDict",
    "Counter",
    "Event",
    "Lock",
    "Queue",
    "ContextVar",
}


def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text())


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    return (node for node in ast.walk(tree_of(path)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def imported(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield "." * node.level + (node.module or "")


def test_there_is_a_house():
    assert {name_of(path).split("/")[0] for path in FILES} == set(ROOMS)
    assert len(FILES) > 40


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_a4_imports_go_one_way(path):
    room = name_of(path).split("/")[0]
    found = {name.split(".")[0] for name in imported(tree_of(path))}
    assert found & set(ROOMS) <= ROOMS[room]
    assert not any(name.startswith(".") for name in imported(tree_of(path)))
    assert "tests" not in found


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_a4_nothing_is_imported_inside_a_function(path):
    inside = [f"{each.name}:{node.lineno}" for each in functions(path) for node in ast.walk(each) if is_import(node)]
    assert inside == []


def is_import(node: ast.AST) -> bool:
    return isinstance(node, ast.Import | ast.ImportFrom)


@pytest.mark.parametrize("room", ["stores", "events"])
def test_a1_a2_memory_and_decisions_know_no_network(room):
    network = {"socketio", "engineio", "aiohttp", "socket", "ssl", "http", "uvicorn"}
    database = {"sqlalchemy", "sqlite3", "alembic", "psycopg"} if room == "events" else set()
    for path in FILES:
        if name_of(path).startswith(room):
            found = {name.split(".")[0] for name in imported(tree_of(path))}
            assert not found & (network | database), name_of(path)


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_p4_no_file_is_over_400_lines(path):
    assert len(path.read_text().splitlines()) <= 400


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_p4_a_module_opens_with_a_paragraph(path):
    said = ast.get_docstring(tree_of(path)) or ""
    assert len(said) > 30
    assert said.rstrip()[-1] in ".:)`'\"" or "\n" in said


def test_p4_functions_are_short():
    lengths = sorted((each.end_lineno or 0) - each.lineno + 1 for path in FILES for each in functions(path))
    assert statistics.median(lengths) < 10
    assert lengths[len(lengths) * 9 // 10] < 30


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_no_chain_of_elifs_over_kinds(path):
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.If):
            assert chain(node) <= 2, f"line {node.lineno}"


def chain(node: ast.If) -> int:
    """How many `elif` follow."""
    length = 0
    while len(node.orelse) == 1 and isinstance(node.orelse[0], ast.If):
        node, length = node.orelse[0], length + 1
    return length


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_a6_no_module_keeps_state(path):
    """Module-level tables are written in capitals and never changed; nothing else that can change lives there."""
    tree = tree_of(path)
    constants = set()
    for node in tree.body:
        targets = (
            node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AnnAssign) else []
        )
        for target in targets:
            if isinstance(target, ast.Name) and node.value is not None and is_mutable(node.value):
                constants.add(target.id)
    assert all(name.strip("_").isupper() or name == "__all__" for name in constants), constants
    assert not [name for node in ast.walk(tree) if (name := changed(node)) in constants]
    assert not [node.lineno for node in ast.walk(tree) if isinstance(node, ast.Global)]


def is_mutable(value: ast.expr) -> bool:
    if isinstance(value, MUTABLE):
        return True
    maker = value.func if isinstance(value, ast.Call) else None
    name = maker.id if isinstance(maker, ast.Name) else maker.attr if isinstance(maker, ast.Attribute) else ""
    return name in MAKERS


def changed(node: ast.AST) -> str | None:
    """The name of what this statement changes in place."""
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and isinstance(node.func.value, ast.Name):
        changing = {"append", "add", "update", "pop", "clear", "setdefault", "extend", "remove", "insert", "popitem"}
        return node.func.value.id if node.func.attr in changing else None
    if (
        isinstance(node, ast.Subscript)
        and isinstance(node.ctx, ast.Store | ast.Del)
        and isinstance(node.value, ast.Name)
    ):
        return node.value.id
    return None


def callers_of(method: str, receiver: str) -> set[str]:
    """The functions in events/ and server/ that call this method of something named like the receiver."""
    found = set()
    for path in FILES:
        if name_of(path).startswith("stores"):
            continue
        for each in functions(path):
            for node in ast.walk(each):
                called = ast.unparse(node.func) if isinstance(node, ast.Call) else ""
                if called.endswith(f".{method}") and receiver in called:
                    found.add(f"{name_of(path)}:{each.name}")
    return found


def test_p4_one_place_applies():
    assert callers_of("put", "stores[") == {"events/road.py:_apply"}
    assert callers_of("take_back", "stores[") == {"events/road.py:take_back"}
    assert callers_of("load", "store") == {"events/desk.py:_loaded_stores"}


def test_d2_one_place_writes_batches():
    callers = {
        f"{name_of(path)}:{each.name}"
        for path in FILES
        for each in functions(path)
        if not name_of(path).startswith("stores")
        for node in ast.walk(each)
        if isinstance(node, ast.Attribute) and node.attr == "commit" and "database" in ast.unparse(node)
    }
    assert callers == {"events/durability.py:write"}


def test_a5_no_list_elsewhere_names_the_resources():
    """A new kind of record is one new file: outside its folder only these know a resource by name, each for a reason."""
    files = sorted((ROOT / "events" / "resources").glob("*.py"))
    modules = {f"events.resources.{path.stem}" for path in files if path.stem != "__init__"}
    naming = {
        name_of(path)
        for path in FILES
        if not name_of(path).startswith("events/resources/") and set(imported(tree_of(path))) & modules
    }
    # Counts of calls and repairs, and the customer's page of a repair, are about these by their nature.
    naming -= {"events/insights.py", "events/tracking.py"}
    assert not {name for name in naming if name.startswith(("stores", "events"))}


SILENCED = re.compile(r"# noqa(?!: [A-Z]+[0-9]*(, [A-Z]+[0-9]*)*(  # | - )\w)")


@pytest.mark.parametrize("path", [*FILES, *sorted((ROOT / "torture").glob("*.py"))], ids=name_of)
def test_a_rule_that_is_silenced_is_named_and_a_reason_stands_beside_it(path):
    silenced = [number for number, line in enumerate(path.read_text().splitlines(), 1) if SILENCED.search(line)]
    assert silenced == [], "say which rule and why: `# noqa: S311  # spreads load, guards nothing`"
