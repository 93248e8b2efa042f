"""`python -m bench`: all measures in one run, interleaved, and the tables of what came of it.

The page is `RESULTS.md`; the single figures are in `figures.jsonl` beside it, each written as it comes.
"""

import argparse
import json
import shlex
import sys
from datetime import datetime
from pathlib import Path

from bench import commands, connections, fanout, replay
from bench.results import PAGE, Measure, Run, page
from bench.rounds import perform

FIGURES = Path(__file__).with_name("figures.jsonl")
MEASURES: dict[str, Measure] = {
    "fan-out": fanout, "commands": commands, "connections": connections, "journal": replay,
}  # fmt: skip


def main() -> int:
    """Run, print, write; 1 where a measure failed."""
    given = _given()
    measures = {name: MEASURES[name] for name in given.only}
    command = shlex.join(["python", "-m", "bench", *sys.argv[1:]])
    run = Run(command, datetime.now().astimezone().date(), given.rounds, measures)
    with FIGURES.open("w") as figures:
        for line in perform(run):
            figures.write(json.dumps(line) + "\n")
            figures.flush()
    told = page(run)
    print(told)
    if given.page is not None:
        given.page.write_text(told)
    return 1 if run.failures else 0


def _given() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--only", nargs="+", choices=MEASURES, default=list(MEASURES), metavar="MEASURE",
                        help=f"some of: {', '.join(MEASURES)}")  # fmt: skip
    parser.add_argument(
        "--page", type=Path, help=f"where to write the page; {PAGE.name} if all is measured, else nowhere"
    )
    given = parser.parse_args()
    if given.page is None and set(given.only) == set(MEASURES):
        given.page = PAGE
    return given


if __name__ == "__main__":
    sys.exit(main())
