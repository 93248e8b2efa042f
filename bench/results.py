"""The page `RESULTS.md`: what was run on what, the tables, and plainly what was missed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Protocol

from bench.machine import commit, machine, versions
from bench.table import Row, Values, markdown, missed

HERE = Path(__file__).parent
PAGE = HERE / "RESULTS.md"
NOTES = HERE / "NOTES.md"


class Measure(Protocol):
    """What a module that measures offers. Its docstring says what is measured; the first peer is ours."""

    __doc__: str | None

    def peers(self) -> tuple[str, ...]:
        """Who is measured, in the order of the table."""

    def measure(self, peer: str, number: int, /) -> dict[str, float]:
        """Start this peer's server, measure it once, stop it: the figures by name."""

    def rows(self) -> list[Row]:
        """What the figures mean and what is aimed at."""


@dataclass
class Run:
    """One run of all measures: what each round gave, and what failed. `values` are measure → peer → figure → values."""

    command: str
    day: date
    rounds: int
    measures: Mapping[str, Measure]
    values: dict[str, dict[str, dict[str, list[float]]]] = field(default_factory=dict)
    failures: list[str] = field(default_factory=list)

    def add(self, name: str, peer: str, figures: Mapping[str, float]) -> None:
        """What one peer gave in one round."""
        mine = self.values.setdefault(name, {}).setdefault(peer, {})
        for figure, value in figures.items():
            mine.setdefault(figure, []).append(value)


def page(run: Run) -> str:
    """The whole of RESULTS.md."""
    notes = NOTES.read_text().strip() if NOTES.exists() else ""
    return "\n\n".join([*_head(run), *_tables(run), *_missed(run), *([notes] if notes else [])]) + "\n"


def _head(run: Run) -> list[str]:
    said = (
        f"`{run.command}` on {run.day}, commit {commit()}: medians of {run.rounds} rounds with the lowest and the "
        "highest. Each round measured every peer of every measure once and began elsewhere; server and "
        f"load shared one machine: {machine()}. The ratio is ours (the first column) to the peer that it names."
    )
    return ["# Results", said, "\n".join(f"- {line}" for line in versions())]


def _tables(run: Run) -> list[str]:
    return [part for name, measure in run.measures.items() for part in _told(name, measure, run.values.get(name, {}))]


def _told(name: str, measure: Measure, values: Values) -> list[str]:
    what = (measure.__doc__ or "").strip()
    return [f"## {name.capitalize()}", what, markdown(measure.rows(), measure.peers(), values)]


def _missed(run: Run) -> list[str]:
    said = [
        f"- {name}: {sentence}"
        for name, measure in run.measures.items()
        for sentence in missed(measure.rows(), measure.peers(), run.values.get(name, {}))
    ]
    said += [f"- failed: {failure}" for failure in run.failures]
    return ["## What was missed", "\n".join(said) or "Nothing: every target was reached."]
