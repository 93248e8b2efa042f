"""What the dashboard, the alerts and the page for the person on call name is there to be read, with those labels."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from caller import Caller
from prometheus_client.parser import text_string_to_metric_families

ROOT = Path(__file__).parents[2]
DASHBOARD = json.loads((ROOT / "deploy/grafana/callboard.json").read_text())
ALERTS: list[dict[str, Any]] = yaml.safe_load((ROOT / "deploy/prometheus/alerts.yml").read_text())["groups"][0]["rules"]
PAGE = (ROOT / "docs/operations.md").read_text()

NAME = re.compile(r"\b((?:callboard|process)_[a-z_]*[a-z])(?:\{([^}]*)\})?")
GROUPED = re.compile(r"\bby \(([^)]*)\)")
MATCHED = re.compile(r"(\w+)(?:=~|!~|!=|=)")
GIVEN = {"job", "instance", "le"}  # by Prometheus itself


def panels() -> Iterator[dict[str, Any]]:
    return (panel for panel in DASHBOARD["panels"] if panel["type"] != "row")


def expressions() -> list[str]:
    """All that is asked of Prometheus."""
    return [target["expr"] for panel in panels() for target in panel["targets"]] + [rule["expr"] for rule in ALERTS]


@pytest.fixture
async def seen(bob: Caller) -> dict[str, set[str]]:
    """The names and labels of everything that `/metrics` shows; a counter without a sample yet has no labels."""
    await bob.does("calls", title="x", customer_name="y")
    text = (await bob.gets("/metrics")).raw.decode()
    found: dict[str, set[str]] = {}
    for family in text_string_to_metric_families(text):
        ending = "_total" if family.type == "counter" else ""
        found.setdefault(family.name + ending, set())
        for sample in family.samples:
            found.setdefault(sample.name, set()).update(sample.labels)
    return found


async def test_all_that_is_asked_for_is_there(seen: dict[str, set[str]]):
    asked = {name for expression in expressions() for name, _ in NAME.findall(expression)}
    assert len(asked) > 25
    assert asked <= set(seen)


async def test_labels_that_are_matched_or_grouped_by_are_there(seen: dict[str, set[str]]):
    for expression in expressions():
        names = [name for name, _ in NAME.findall(expression)]
        known = GIVEN.union(*(seen[name] for name in names))
        if not any(seen[name] for name in names):
            continue  # nothing has happened yet that could bear a label
        matched = {label for _, inside in NAME.findall(expression) for label in MATCHED.findall(inside)}
        grouped = {label.strip() for inside in GROUPED.findall(expression) for label in inside.split(",")}
        assert matched | grouped <= known, expression


async def test_the_page_tells_of_every_figure_and_of_none_that_is_not_there(seen: dict[str, set[str]]):
    told = {name for name, _ in NAME.findall(PAGE) if name.startswith("callboard_")}
    families = {re.sub(r"_(bucket|sum|count)$", "", name) for name in seen if name.startswith("callboard_")}
    assert told == families


async def test_every_figure_has_a_place_on_the_dashboard(seen: dict[str, set[str]]):
    families = {re.sub(r"_(bucket|sum|count)$", "", name) for name in seen if name.startswith("callboard_")}
    shown = " ".join(target["expr"] for panel in panels() for target in panel["targets"])
    assert not {name for name in families if name not in shown}


async def test_the_labels_that_the_page_tells_are_those_of_the_figure(seen: dict[str, set[str]]):
    for name, labels in NAME.findall(PAGE):
        samples = [found - GIVEN for each, found in seen.items() if each in {name, f"{name}_bucket"}]
        if labels and any(samples):
            assert set(labels.split(",")) == set().union(*samples), name


def test_an_alert_says_what_it_means_and_where_to_look():
    assert len({rule["alert"] for rule in ALERTS}) == len(ALERTS)
    for rule in ALERTS:
        assert rule["labels"]["severity"] in {"page", "warn"}
        assert set(rule["annotations"]) == {"summary", "look"}


def test_parentheses_are_in_pairs():
    for expression in expressions():
        assert [expression.count(sign) for sign in "({["] == [expression.count(sign) for sign in ")}]"], expression


def test_no_two_panels_lie_upon_each_other():
    taken = set()
    for panel in DASHBOARD["panels"]:
        place = panel["gridPos"]
        cells = {(place["x"] + right, place["y"] + down) for right in range(place["w"]) for down in range(place["h"])}
        assert not taken & cells, panel["title"]
        taken |= cells
