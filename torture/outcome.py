"""What the checks want to know of an answer, taken from it before it is forgotten: histories hold no records."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from torture.doors.door import Answer
from torture.errand import Errand
from torture.replica import digest_of, seq_of


def outcome(errand: Errand, answer: Answer) -> dict[str, Any]:
    """Its cursor, how far its client had heard, whether it repeats, the versions of the records in it; and of some reads what
    they said of the journal and of him who asked."""
    found: dict[str, Any] = {}
    if isinstance(answer.get("cursor"), str):
        found["seq"] = seq_of(answer["cursor"])
    if "stood" in answer:
        found |= {"stood": seq_of(answer["stood"]), "listens": answer["listens"]}
    if answer.get("repeated"):
        found["repeated"] = True
    records = [[each["version"], digest_of(each)] for each in _records(answer)]
    if records:
        found["records"] = records
    if answer["ok"] and errand.name in SAID:
        found |= SAID[errand.name](errand.message, answer["data"])
    return found


def _records(answer: Answer) -> list[Mapping[str, Any]]:
    """The whole records in an answer: those with a version of their own."""
    data = answer.get("data")
    inner: Any = data
    if isinstance(data, Mapping):
        inner = next((data[name] for name in ("items", "data", "changed", "user") if name in data), data)
    several: Sequence[Any] = inner if isinstance(inner, list) else [inner]
    also = [each["data"] for each in answer.get("also", ())]
    return [
        each for each in (*several, *also) if isinstance(each, Mapping) and {"version", "created_by"} <= each.keys()
    ]


def _of_status(message: Mapping[str, Any], said: Mapping[str, Any]) -> dict[str, Any]:
    """What has become of one kind of record between two places."""
    states = [[each["id"], digest_of(each)] for each in said["changed"]] + [[gone, None] for gone in said["deleted"]]
    place = {"resource": message["resource"], "since": seq_of(message["since"]), "upto": seq_of(said["cursor"])}
    return {"status": {**place, "states": states}}


def _of_activity(_: Mapping[str, Any], said: Mapping[str, Any]) -> dict[str, Any]:
    """The entries it names: (seq, resource, id, who did it)."""
    return {
        "entries": [[seq_of(e["cursor"]), e["resource"], e["id"], e["actor"]["id"]] for e in said["items"]],
    }


def _of_me(_: Mapping[str, Any], said: Mapping[str, Any]) -> dict[str, Any]:
    """Whom the server takes him for."""
    return {"me": [said["tenant"]["slug"], said["user"]["id"]]}


SAID: Mapping[str, Callable[[Mapping[str, Any], Mapping[str, Any]], dict[str, Any]]] = {
    "realtime-status": _of_status, "activity": _of_activity, "me": _of_me,
}  # fmt: skip
