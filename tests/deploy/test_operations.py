"""What the person on call reads is what the code says: every refusal to start, every setting, every command and figure."""

import ast
import re
from pathlib import Path

import pytest
from typer.main import get_command

from server.__main__ import cli
from server.serving import STOP_S
from server.settings import Settings

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "operations.md").read_text()
LONGEST = 250

# Whose errors end a start, and what of them is an error of ours with words of its own.
STARTING = (
    "server/settings.py", "server/app.py", "server/serving.py", "server/__main__.py", "stores/lock.py",
    "stores/advisory.py", "stores/sqlite.py", "stores/postgresql.py", "stores/connections.py", "stores/database.py",
    "stores/migrate.py",
)  # fmt: skip
REFUSALS = {"Locked", "Unreachable", "SettingsError", "ValueError"}
SHORTEST = 6  # signs of a message that is worth looking for; the rest is punctuation between values


def messages():
    """(file, the parts of a message that are the same each time) of every refusal to start."""
    found = []
    for file in STARTING:
        tree = ast.parse((ROOT / file).read_text())
        constants = {
            target.id: node.value
            for node in tree.body
            if isinstance(node, ast.Assign)
            for target in node.targets
            if isinstance(target, ast.Name)
        }
        for node in ast.walk(tree):
            if isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call) and called(node.exc) in REFUSALS:
                found += [(file, part) for argument in node.exc.args for part in parts(argument, constants)]
            if isinstance(node, ast.FunctionDef) and node.name == "_refused":
                found += [
                    (file, part)
                    for each in ast.walk(node)
                    if isinstance(each, ast.JoinedStr)
                    for part in parts(each, {})
                ]
    return sorted(set(found))


def called(call):
    return call.func.id if isinstance(call.func, ast.Name) else ""


def parts(node, constants):
    if isinstance(node, ast.Name) and node.id in constants:
        return parts(constants[node.id], {})
    if isinstance(node, ast.JoinedStr):
        return [part for value in node.values for part in parts(value, constants)]
    said = node.value.strip(" :;,.") if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""
    return [said] if len(said) >= SHORTEST else []


@pytest.mark.parametrize(("file", "message"), messages())
def test_what_each_refusal_to_start_means_is_told(file, message):
    assert message in PAGE.partition("## When it does not start")[2].partition("## Settings")[0], file


def test_refusals_were_found_in_the_code():
    """Of the settings, of the address, of both locks: otherwise the test above has nothing to look at."""
    found = " ".join(message for _, message in messages())
    for known in ("must be a web address", "cannot be served", "Callboard is running already", "another process holds"):
        assert known in found


@pytest.mark.parametrize("name", Settings.model_fields)
def test_every_setting_is_told(name):
    assert f"`{name.upper()}`" in PAGE.partition("## Settings")[2]


def test_no_setting_is_told_that_there_is_none():
    rows = [line for line in PAGE.partition("## Settings")[2].splitlines() if line.startswith("| `")]
    told = {name for row in rows for name in re.findall(r"`([A-Z_]+)`", row.split("|")[1])}
    assert told == {name.upper() for name in Settings.model_fields}


def test_every_command_that_is_told_is_there_with_its_options():
    commands = get_command(cli).commands
    for name, options in re.findall(r"`callboard ([a-z-]+)([^`]*)`", PAGE):
        assert name in commands
        known = {option for parameter in commands[name].params for option in parameter.opts}
        assert set(re.findall(r"--[a-z-]+", options)) <= known


@pytest.mark.parametrize("name", ["backup", "restore", "move", "export", "doctor", "reset-password", "watch", "why"])
def test_what_the_person_on_call_needs_is_told(name):
    assert f"`callboard {name}" in PAGE


def test_the_unit_starts_it_as_every_host_does_and_gives_it_the_time_it_needs():
    (line,) = (ROOT / "Procfile").read_text().splitlines()
    assert re.search(rf"^ExecStart=\S*/{line.removeprefix('web: ')}$", PAGE, re.MULTILINE)
    (grace,) = re.findall(r"^TimeoutStopSec=(\d+)$", PAGE, re.MULTILINE)
    assert int(grace) > STOP_S


def test_what_it_points_to_is_there():
    for file in re.findall(r"`((?:deploy/)?(?:\w+/)?[\w.-]+\.(?:yaml|yml|json|conf)|Procfile|Dockerfile)`", PAGE):
        assert (ROOT / file).is_file(), file
    for link in re.findall(r"\]\(([^)#]+)", PAGE):
        assert (ROOT / "docs" / link).exists(), link


def test_it_is_short():
    assert len(PAGE.splitlines()) <= LONGEST
