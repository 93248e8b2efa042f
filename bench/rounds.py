"""The rounds of a run: every peer of every measure once in each, beginning elsewhere each time.

So what the machine does meanwhile, and what one measure leaves behind for the next, falls on all of them alike.
"""

import sys
import time
from collections.abc import Iterator

from bench.results import Run


def perform(run: Run) -> Iterator[dict[str, object]]:
    """Measure all, round by round; what each gave is added to the run and yielded."""
    jobs = [(name, peer) for name, measure in run.measures.items() for peer in measure.peers()]
    for number in range(run.rounds):
        turn = number * len(jobs) // run.rounds
        for place, (name, peer) in enumerate(jobs[turn:] + jobs[:turn], 1):
            began = time.monotonic()
            figures = _measured(run, name, peer, number)
            where = f"round {number + 1}/{run.rounds}, {place}/{len(jobs)}"
            print(f"{where}: {name} of {peer}, {time.monotonic() - began:.0f} s", file=sys.stderr, flush=True)
            yield {"round": number + 1, "measure": name, "peer": peer, **figures}


def _measured(run: Run, name: str, peer: str, number: int) -> dict[str, float]:
    """A measure that fails is told in the page, and does not cost the others of a long run."""
    try:
        figures = run.measures[name].measure(peer, number)
    except Exception as error:  # noqa: BLE001  # whatever it was, it is told
        print(f"{name} of {peer} failed: {error!r}", file=sys.stderr)
        run.failures.append(f"{name} of {peer} in round {number + 1}: {' '.join(str(error).split())[:300]}")
        return {}
    run.add(name, peer, figures)
    return figures
