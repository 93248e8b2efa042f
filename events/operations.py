"""What makes a command happen once: which op_id brought which change set (D5).

Recent operations are kept in memory, the others are in the database for as long as the journal is. The lane asks for all
waiting op_ids at once, off the event loop, and once more in memory when it decides.
"""

from collections import OrderedDict
from collections.abc import Iterable, Mapping

from events.errors import Invalid
from events.request import Request, is_op_id
from stores.change import Operation

KEPT = 50_000

Key = tuple[str, str]


class Operations:
    """The newest operations of a desk by (actor, op_id)."""

    def __init__(self) -> None:
        self._recent: OrderedDict[Key, Operation] = OrderedDict()

    def unknown(self, requests: Iterable[Request]) -> list[Key]:
        """The op_ids among these that memory does not know: to be looked up in the database."""
        keys = (_key(request) for request in requests)
        return [key for key in dict.fromkeys(keys) if key is not None and key not in self._recent]

    def earlier(self, request: Request, known: Mapping[Key, Operation]) -> Operation | None:
        """The operation this request repeats, in memory or among those the database knows; `Invalid` where its op_id was
        used for something else."""
        key = _key(request)
        if key is None:
            return None
        found = self._recent.get(key) or known.get(key)
        if found is not None and found.fingerprint != request.fingerprint():
            raise Invalid("Some fields need another look.", {"op_id": "was used for another command"})
        return found

    def remember(self, operation: Operation | None) -> None:
        """A command was accepted."""
        if operation is None:
            return
        self._recent[operation.actor_id, operation.op_id] = operation
        if len(self._recent) > KEPT:
            self._recent.popitem(last=False)

    def forget(self, operation: Operation | None) -> None:
        """Its batch did not become durable."""
        if operation is not None:
            self._recent.pop((operation.actor_id, operation.op_id), None)


def _key(request: Request) -> Key | None:
    """None also where it is none: the road says so, and the database is not asked about what it cannot hold."""
    return (request.caller.user_id, request.op_id) if is_op_id(request.op_id) else None
