"""How events look in a terminal: a line for each that happens, and the few lines that say why somebody hears one."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from rich.text import Text

COLOURS = {"created": "green", "deleted": "red", "deleted_broadcast": "red", "updated": "yellow"}
OTHERS = "cyan"  # named events: assigned, completed
HEARD = {"full": "green", "hidden": "yellow", "personal": "green"}


def line_of(event: Mapping[str, Any]) -> Text:
    """`09:12:03 Dora Dispatcher  assign_call  C-0007 No heat  assignee_id, status  call_assigned  3f2c.19`."""
    at = datetime.fromisoformat(event["at"]).astimezone()
    title = " ".join(event["title"].split())
    return Text.assemble(
        (f"{at:%H:%M:%S} ", "dim"), (event["actor"]["name"], "bold"), "  ", (event["action"], _colour(event)), "  ",
        (f"{_called(event)} {title}".strip(), ""), *_parted(event["changed"]), (f"  {event['cursor']}", "dim"),
    )  # fmt: skip


def _colour(event: Mapping[str, Any]) -> str:
    ending = next((colour for end, colour in COLOURS.items() if event["event"].endswith(f"_{end}")), None)
    return ending or OTHERS


def _called(event: Mapping[str, Any]) -> str:
    """`C-0007`; `note 12` where a bare number would say nothing."""
    number = str(event["number"])
    return f"{event['resource'].replace('_', ' ')} {number}" if number.isdigit() else number


def _parted(changed: Sequence[str]) -> list[tuple[str, str]]:
    return [("  " + ", ".join(changed), "blue")] if changed else []


def hearing_told(said: Mapping[str, Any]) -> Text:
    """The event, the answer in a sentence, and what it rests on."""
    rows = {
        "rule": said["rule"], "keys before": _listed(said["keys_before"]), "keys after": _listed(said["keys_after"]),
        "his keys": _listed(said["keys"]), "in common": _listed(said["meet"]),
    }  # fmt: skip
    lines = [
        Text.assemble((f"{said['event']['event']}  ", "bold"), line_of(said["event"])),
        Text(said["because"], HEARD.get(said["heard"] or "", "red")),
        *(Text.assemble((f"  {name:<12}", "dim"), value) for name, value in rows.items()),
        *(Text(note, "yellow") for note in said["notes"]),
    ]
    return Text("\n").join(lines)


def _listed(keys: Sequence[str]) -> str:
    return ", ".join(keys) or "none"
