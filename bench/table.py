"""How the figures of a run are told: medians with their range, ratios against a named peer, and what was aimed at.

Each measure says by `Row`s what its figures mean; here they become Markdown. Pure: text in, text out.
"""

import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

Values = Mapping[str, Mapping[str, Sequence[float]]]  # peer → figure → one value a round


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a measure's table.

    `target` is what is aimed at: with `against` a ratio ours ÷ that peer's, without one a value of our own, in `unit`.
    The same figure stands in several rows where it has several targets."""

    figure: str
    label: str
    unit: str
    better: Literal["higher", "lower"]
    target: float | None = None
    against: str = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What came of one row: our median or its ratio (`found`), and whether the target was `reached`; None: no target."""

    row: Row
    found: float
    reached: bool | None


def judge(row: Row, ours: str, values: Values) -> Verdict | None:
    """The verdict on one row; None where there is nothing to compare."""
    mine = _median(values, ours, row.figure)
    theirs = _median(values, row.against, row.figure) if row.against else 1.0
    if mine is None or not theirs:
        return None
    found = mine / theirs
    if row.target is None:
        return Verdict(row, found, None)
    return Verdict(row, found, found >= row.target if row.better == "higher" else found <= row.target)


def markdown(rows: Sequence[Row], peers: Sequence[str], values: Values) -> str:
    """The table of one measure. The first peer is ours."""
    head = ["", *peers, "ratio", "target", ""]
    lines = [head, ["---", *("---:" for _ in peers), "---", "---", "---"]]
    lines += [_line(row, peers, values) for row in rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def missed(rows: Sequence[Row], peers: Sequence[str], values: Values) -> list[str]:
    """One sentence for each target that was missed."""
    verdicts = [judge(row, peers[0], values) for row in rows]
    return [_said(verdict) for verdict in verdicts if verdict is not None and verdict.reached is False]


def _line(row: Row, peers: Sequence[str], values: Values) -> list[str]:
    verdict = judge(row, peers[0], values)
    word = {True: "reached", False: "**missed**", None: ""}[verdict.reached if verdict is not None else None]
    ratio = f"{_number(verdict.found)} x {row.against}" if verdict is not None and row.against else ""
    unit = f", {row.unit}" if row.unit else ""
    return [f"{row.label}{unit}", *(_cell(values, peer, row.figure) for peer in peers), ratio, _target(row), word]


def _cell(values: Values, peer: str, figure: str) -> str:
    """`median (lowest to highest)`, or a hyphen where this peer has no such figure."""
    found = values.get(peer, {}).get(figure, ())
    if not found:
        return "-"
    middle = _number(statistics.median(found))
    return f"{middle} ({_number(min(found))} to {_number(max(found))})" if len(found) > 1 else middle


def _target(row: Row) -> str:
    if row.target is None:
        return ""
    sign = "≥" if row.better == "higher" else "≤"
    return f"{sign} {_number(row.target)} {'x' if row.against else row.unit}"


def _said(verdict: Verdict) -> str:
    row = verdict.row
    found = f"{_number(verdict.found)} x {row.against}" if row.against else f"{_number(verdict.found)} {row.unit}"
    return f"{row.label}: {found} where {_target(row)} was aimed at"


def _median(values: Values, peer: str, figure: str) -> float | None:
    found = values.get(peer, {}).get(figure, ())
    return statistics.median(found) if found else None


def _number(value: float) -> str:
    """Three digits that matter; thousands set apart, whole from 100 on."""
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"
