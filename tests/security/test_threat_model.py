"""The threat model names tests, and each of them is there."""

import ast
import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
MODEL = ROOT / "docs" / "THREAT_MODEL.md"
NAMED = re.compile(r"`((?:\w+/)?test_\w+\.py)(?:::(test_\w+))?`")
STATES = ("met", "not met", "partly", "n/a")


def names_in(path: Path) -> set[str]:
    return {
        node.name
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name.startswith("test_")
    }


def test_every_test_that_is_named_exists():
    named = NAMED.findall(MODEL.read_text())
    assert len(named) > 100
    assert [path for path, _ in named if not (ROOT / "tests" / path).is_file()] == []
    there = {path: names_in(ROOT / "tests" / path) for path, _ in named}
    assert [f"{path}::{test}" for path, test in named if test and test not in there[path]] == []


def rows(text: str) -> list[list[str]]:
    """The cells of all rows of tables but their heads."""
    lines = [line.strip() for line in text.splitlines() if line.strip().startswith("|")]
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    return [row for row in cells if not set("".join(row)) <= set("-: ")]


def test_every_requirement_has_a_state_and_shows_it_or_says_why_not():
    _, _, verification = MODEL.read_text().partition("## ASVS")
    states = [row for row in rows(verification) if row[0][:1].isdigit()]
    assert len(states) > 60
    for requirement, _, state, shown, *_ in states:
        assert state in STATES, requirement
        assert shown, requirement
        assert state != "met" or "`" in shown, f"{requirement}: which test or file shows it?"


def test_every_threat_names_what_stops_it_and_a_test():
    threats, _, _ = MODEL.read_text().partition("## ASVS")
    numbered = [row for row in rows(threats) if re.fullmatch(r"A\d+", row[0])]
    assert [row[0] for row in numbered] == [f"A{n}" for n in range(1, len(numbered) + 1)]
    assert all(len(row) == 4 and "`" in row[-1] for row in numbered)
