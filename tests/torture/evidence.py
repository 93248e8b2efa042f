"""Histories that never happened, for the checks to complain of: a truth made by hand, and lines beside it."""

from typing import Any

from stores.change import Operation
from torture.checks.check import Check
from torture.history import Line
from torture.truth import Fact, Ledger, Truth

ANN, BEN = "north/ann", "south/ben"
IDS = {ANN: "id-ann", BEN: "id-ben"}
KINDS = frozenset(("calls", "users"))


def a_fact(seq: int, **fields: Any) -> Fact:
    """A change of a call by Ann, all by itself."""
    told = {
        "first": seq, "last": seq, "resource": "calls", "id": f"call-{seq}", "event": "call_updated", "kind": "updated",
        "actor": IDS[ANN], "op": None, "version": seq, "digest": f"digest-{seq}", "personal": None, "active": True,
    }  # fmt: skip
    return Fact(seq=seq, **(told | fields))


def a_truth(*facts: Fact, operations: tuple[Operation, ...] = ()) -> Truth:
    """Ann and Ben are active members of their teams from seq 1 on; the facts are Ann's team's, from seq 2 on."""
    north, south = Ledger("north"), Ledger("south")
    for ledger, who in ((north, ANN), (south, BEN)):
        ledger.add(a_fact(1, resource="users", id=IDS[who], event="user_created", kind="created"), is_public=True)
    for fact in facts:
        north.add(fact, is_public=fact.resource in KINDS)
    kept = {(each.actor_id, each.op_id): each for each in operations}
    return Truth(KINDS, IDS, {"north": north, "south": south}, lambda _, pair: kept.get(pair))


def a_line(kind: str, who: str = ANN, at: float = 1.0, **fields: Any) -> Line:
    """One line of history."""
    return {"t": at, "kind": kind, "who": who, **fields}


def sent(n: int, op: str | None = "op", at: float = 1.0, **fields: Any) -> Line:
    told = {"conn": "c1", "name": "update_call", "of": "command", "foreign": False, "message": {}}
    return a_line("sent", n=n, op=op, at=at, **(told | fields))


def answered(n: int, op: str | None = "op", at: float = 2.0, **fields: Any) -> Line:
    return a_line("answered", n=n, op=op, at=at, **({"name": "update_call", "ok": True, "code": None} | fields))


def refused(n: int, code: str, op: str | None = "op", **fields: Any) -> Line:
    return answered(n, op, ok=False, code=code, **fields)


def heard(seq: int, **fields: Any) -> Line:
    told = {
        "conn": "c1", "event": "call_updated", "seq": seq, "resource": "calls", "id": f"call-{seq}", "held": True,
        "digest": f"digest-{seq}",
    }  # fmt: skip
    return a_line("heard", **(told | fields))


def a_gust(name: str, at: float, **args: Any) -> Line:
    return a_line("gust", "", at, name=name, args=args)


def said_of(check: Check, truth: Truth, *lines: Line) -> str:
    """What the check complains of, having seen these lines in one round; empty where nothing is wrong."""
    for line in lines:
        check.see(line, truth)
    check.judge(truth, 99.0)
    return "\n".join(map(str, check.complaints))
