"""How a change is written into the journal: its event, who could read it before and after, and the meta that clients get.

Made by the road when a change set is applied, and told from these very bytes for ever after (V2 to V5, PROTOCOL section 3).
"""

from typing import Any

from events.work import Intent, Work
from stores.change import Change, Entry
from stores.clock import rfc3339
from stores.record import encode, kept, public_json

Span = tuple[int, int, int]


def entry_of(change: Change, intent: Intent, work: Work, told: dict[str, Any], epoch: str, span: Span) -> Entry:
    """The entry of one change. `told` is what meta says of the command, `span` its seq and the set's first and last."""
    resource, (seq, first, last), record = intent.resource, span, change.record
    names = [name for name in intent.changed if name not in resource.hidden]
    rights = resource.rights_fields + resource.session_fields
    return Entry(
        seq=seq, epoch=epoch, first=first, last=last,
        resource=resource.plural, record_id=record.id, event=intent.event, actor_id=work.actor.id, at=work.at,
        kind=change.kind,
        keys_before=() if change.before is None else resource.keys_of(change.before),
        keys_after=() if change.after is None else resource.keys_of(change.after),
        personal=None if intent.personal is None else (record.id, intent.personal),
        rights_of=record.id if differs(intent, rights) else None,
        record=kept(public_json(record)),
        meta=kept(encode({**_meta(change.resource, record.id, work, names, epoch, span), **told})),
        was=kept(encode({name: change.before.__dict__[name] for name in names} if change.before else {})),
    )  # fmt: skip


def differs(intent: Intent, names: tuple[str, ...]) -> bool:
    """Whether one of these fields has changed, or the record that had them is gone: who the user is to us (V4)."""
    if not names or intent.before is None:
        return False
    return intent.after is None or any(intent.before.__dict__[n] != intent.after.__dict__[n] for n in names)


def _meta(plural: str, record_id: str, work: Work, names: list[str], epoch: str, span: Span) -> dict[str, Any]:
    seq, first, last = span
    return {
        "cursor": f"{epoch}.{seq}", "resource": plural, "id": record_id, "version": seq,
        "actor": {"id": work.actor.id, "name": work.actor.name}, "at": rfc3339(work.at), "changed": names,
        "set": {"first": first, "last": last},
    }  # fmt: skip
