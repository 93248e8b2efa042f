"""Reading a repairs file and sending its rows, batch by batch, to whoever has the desk: `callboard import repairs`.

Here is the file: its header, its lines, what is no row at all. What a row means is `events/repairs.py`, and how it
comes in `events/intake.py`, at the other end of `ask`.
"""

import csv
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from events.intake import Report, Row
from events.repairs import COLUMNS
from server.control import Ask

BATCH = 256  # rows in one message: one batch of the lane


class UnreadableFileError(Exception):
    """This is no repairs file; the message is one line for people."""


@dataclass(slots=True)
class RepairsFile:
    """Its rows, and those that are none: (line, reason). A row's line is the one that it begins in."""

    rows: list[Row] = field(default_factory=list)
    refused: list[tuple[int, str]] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.rows) + len(self.refused)


def read_file(path: Path) -> RepairsFile:
    """The file's rows. UnreadableFileError where it cannot be opened or is something else."""
    try:
        # Bytes that are no UTF-8 become surrogates, which no field allows: they cost their row, not the file.
        with path.open(encoding="utf-8-sig", errors="surrogateescape", newline="") as file:
            return _read(csv.reader(file, strict=True), str(path))
    except OSError as error:
        raise UnreadableFileError(f"{path} cannot be read: {error.strerror}.") from error


def _read(reader: Any, name: str) -> RepairsFile:
    header = _header(reader, name)
    found, first_lines = RepairsFile(), dict[str, int]()
    for line, values, broken in _records(reader):
        reason = broken or _misshapen(values, header)
        columns = dict(zip(header, values, strict=False))
        if reason is None:
            first = first_lines.setdefault(columns["id"].strip(), line)
            reason = None if first == line else f"id: stands in line {first} already"
        if reason is None:
            found.rows.append(Row(line, columns))
        else:
            found.refused.append((line, reason))
    return found


def _header(reader: Any, name: str) -> Sequence[str]:
    try:
        header = [column.strip() for column in next(reader, [])]
    except csv.Error as error:
        raise UnreadableFileError(f"{name} is not a repairs file: {error}.") from error
    missing = [column for column in COLUMNS if column not in header]
    if missing:
        raise UnreadableFileError(f"{name} is not a repairs file: its first line lacks {', '.join(missing)}.")
    return header


def _records(reader: Any) -> Iterator[tuple[int, list[str], str | None]]:
    """(line it begins in, values, what is wrong with it as CSV); empty lines are none."""
    while True:
        line = reader.line_num + 1
        try:
            values = next(reader, None)
        except csv.Error as error:
            yield line, [], f"is not CSV: {error}"
            continue
        if values is None:
            return
        if values:
            yield line, values, None


def _misshapen(values: Sequence[str], header: Sequence[str]) -> str | None:
    return None if len(values) == len(header) else f"has {len(values)} fields, the header has {len(header)}"


async def send(ask: Ask, tenant: str, file: RepairsFile, progress: Callable[[int], None]) -> Report:
    """Have all rows brought in; `progress` hears how many more are done. An error leaves earlier batches in place."""
    report = Report(refused=list(file.refused))
    progress(len(file.refused))
    for start in range(0, len(file.rows), BATCH):
        rows = [{"line": row.line, "columns": row.columns} for row in file.rows[start : start + BATCH]]
        report.add(_report(await ask("/import/repairs", {"tenant": tenant, "rows": rows})))
        progress(len(rows))
    report.refused.sort()
    return report


def _report(answer: Any) -> Report:
    refused = [(line, reason) for line, reason in answer["refused"]]
    return Report(answer["imported"], answer["unchanged"], answer["categories"], refused)
