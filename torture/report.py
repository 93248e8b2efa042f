"""What a torment came to, on a terminal."""

from collections.abc import Mapping, Sequence

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from torture.run import Verdict, Wish
from torture.tally import Round

SHOWN = 10
NOT_AGAIN = "it was not. What the system's scheduling brought about does not come back by doing the same once more."


def report(screen: Console, verdict: Verdict, wish: Wish) -> None:
    """Figures, promises, and what was broken."""
    tally, table = verdict.tally, Table("what", "how much", show_header=False, box=None)
    table.add_row("sent", f"{tally.kinds['sent']} in {tally.seconds:.0f} s")
    table.add_row("answered", _listed(tally.codes))
    table.add_row("without an answer", str(tally.kinds["unanswered"]))
    table.add_row("events heard", str(tally.kinds["heard"]))
    table.add_row("doors opened", _listed(tally.doors))
    table.add_row("gusts", _listed(tally.gusts))
    table.add_row("never blew", ", ".join(verdict.never) or "none of this weather")
    table.add_row("the process", _listed(tally.host))
    table.add_row("the server's counters", _listed(tally.server))
    for place, each in _some(list(enumerate(tally.rounds, 1))):
        table.add_row(f"memory, round {place}", f"{_mib(each.before)} → {_mib(each.after)} MiB{_started(each)}")
    screen.print(table)
    broken = {each.number for each in verdict.complaints}
    for number, (rule, seen) in verdict.checks.items():
        how = "BROKEN" if number in broken else "kept" if seen else "IDLE"
        screen.print(escape(f"{number} {how:6} {seen:>8} looked at  {rule}"), soft_wrap=True)
    if verdict.idle:
        screen.print(f"Nothing was held to {', '.join(verdict.idle)}: of that this run says nothing.", style="bold")
    if verdict.left_out:
        screen.print(f"Left out, as they cannot be had here: {', '.join(verdict.left_out)}", style="bold")
    for complaint in verdict.complaints[:SHOWN]:
        screen.print(escape(str(complaint)), soft_wrap=True)
    if wish.then:
        screen.print(escape(f"Then, this was broken: {wish.then}"), soft_wrap=True)
        screen.print("It was again." if verdict.complaints else f"This time {NOT_AGAIN}", soft_wrap=True)
    if verdict.complaints:
        screen.print(
            f"Again with: callboard torture --seed {wish.seed} --weather {wish.weather} --actors {wish.actors}"
        )
        screen.print(f"The same commands once more: callboard torture --replay {verdict.short}", soft_wrap=True)
        screen.print(f"Everything is in {wish.folder}", soft_wrap=True)


def _listed(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{count} {name}" for name, count in sorted(counts.items(), key=lambda each: -each[1])) or "none"


def _mib(size: int) -> str:
    return f"{size / 2**20:.0f}"


def _started(each: Round) -> str:
    """Another process has memory of its own."""
    return f", started {each.starts} times in between" if each.starts else ""


def _some(figures: Sequence[tuple[int, Round]]) -> Sequence[tuple[int, Round]]:
    """The first, the last, and some between them."""
    step = max(1, -(-len(figures) // SHOWN))
    return [*figures[:-1:step], *figures[-1:]]
