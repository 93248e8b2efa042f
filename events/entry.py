"""How a change is written into the journal: its event, who could read it before and after, and the meta that clients get.

Made by the road when a change set is applied, and told from these very bytes for ever after (V2 to V5, PROTOCOL section 3).
"""

from typing import Any

from events.work import Intent, Work
from stores.change import Change, Entry
from stores.clock import rfc3339
from stores.record import encode, public_json

STAMPS = frozenset(("version", "updated_at", "updated_by"))
Span = tuple[int, int, int]


def entry_of(change: Change, intent: Intent, work: Work, told: dict[str, Any], epoch: str, span: Span) -> Entry:
    """The entry of one change. `told` is what meta says of the command, `span` its seq and the set's first and last."""
    resource, (seq, first, last) = intent.resource, span
    both = change.before is not None and change.after is not None
    names = [n for n in changed_fields(change.before, change.after) if n not in resource.hidden] if both else []
    rights = resource.rights_fields + resource.session_fields
    return Entry(
        seq=seq, epoch=epoch, first=first, last=last,
        resource=resource.plural, record_id=change.id, event=intent.event, actor_id=work.actor.id, at=work.at,
        kind=change.kind,
        keys_before=() if change.before is None else resource.keys_of(change.before),
        keys_after=() if change.after is None else resource.keys_of(change.after),
        personal=None if intent.personal is None else (change.id, intent.personal),
        rights_of=change.id if differs(intent, rights) else None,
        record=public_json(change.record), meta=encode({**_meta(change, work, names, epoch, span), **told}),
        was=encode({name: change.before.__dict__[name] for name in names} if change.before else {}),
    )  # fmt: skip


def changed_fields(before: Any, after: Any) -> list[str]:
    """The fields in which two versions of a record differ, without the road's own stamps."""
    old, new = before.__dict__, after.__dict__
    return [name for name in new if name not in STAMPS and old[name] is not new[name] and old[name] != new[name]]


def differs(intent: Intent, names: tuple[str, ...]) -> bool:
    """Whether one of these fields has changed, or the record that had them is gone: who the user is to us (V4)."""
    if not names or intent.before is None:
        return False
    return intent.after is None or any(intent.before.__dict__[n] != intent.after.__dict__[n] for n in names)


def _meta(change: Change, work: Work, names: list[str], epoch: str, span: Span) -> dict[str, Any]:
    seq, first, last = span
    return {
        "cursor": f"{epoch}.{seq}", "resource": change.resource, "id": change.id, "version": seq,
        "actor": {"id": work.actor.id, "name": work.actor.name}, "at": rfc3339(work.at), "changed": names,
        "set": {"first": first, "last": last},
    }  # fmt: skip
