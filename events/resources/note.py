"""A note on a call, a repair or a customer: what people tell each other about it, in one time line with its activity."""

from typing import Annotated, Any, Literal

from events.permission import admin, engineer, front_desk, is_me, lead, member
from events.resource import Resource
from events.text import FreeText, Id
from events.work import Work
from stores.record import Indexed, Record


class Note(Record):
    """One note."""

    resource: Annotated[Literal["calls", "services", "customers"], Indexed()]
    record_id: Annotated[Id, Indexed()]
    text: FreeText


author = is_me("created_by", "its author")


def _has_lost_its_record(_: Note | None, was: Note | None, by: Work) -> str | None:
    gone = was is not None and not by.is_there(was.resource, was.record_id)
    return "What this note was about is not there any more." if gone else None


notes = Resource(
    Note, noun="note", plural="notes", title="text", read=member, sets=("text",), unsearched=("resource", "record_id"),
    undo_unless=(_has_lost_its_record,),
)  # fmt: skip


@notes.create(lead | engineer | front_desk, sets=("resource", "record_id"))
def create_note(given: dict[str, Any], by: Work) -> dict[str, Any]:
    """Write a note on a record."""
    if by.find(given["resource"], given["record_id"]) is None:
        by.invalid("record_id", "must be an existing record")
    return given


notes.update(author | admin)
notes.delete(author | admin)
