"""What makes a command happen once: which op_id brought which change set (D5).

The newest are kept in memory, all of them in the database for as long as the journal is. What memory does not know is new
or old: the lane finds out when the database refuses it, or before it answers a refusal.
"""

from collections import OrderedDict
from collections.abc import Iterable

from events.errors import Invalid
from events.request import Request, is_op_id
from stores.change import Operation

KEPT = 50_000

Key = tuple[str, str]


class Operations:
    """The newest operations of a desk by (actor, op_id)."""

    def __init__(self) -> None:
        self._recent: OrderedDict[Key, Operation] = OrderedDict()

    def is_unsure(self, request: Request) -> bool:
        """Whether memory cannot say if its op_id was seen before."""
        key = _key(request)
        return key is not None and key not in self._recent

    def unknown(self, requests: Iterable[Request]) -> list[Key]:
        """The op_ids among these that memory does not know: to be looked up in the database."""
        keys = (_key(request) for request in requests)
        return [key for key in dict.fromkeys(keys) if key is not None and key not in self._recent]

    def earlier(self, request: Request) -> Operation | None:
        """The operation that memory knows this request to repeat; `Invalid` where its op_id was used for something else."""
        key = _key(request)
        found = self._recent.get(key) if key is not None else None
        if found is not None and not request.has(found.fingerprint):
            raise Invalid("Some fields need another look.", {"op_id": "was used for another command"})
        return found

    def remember(self, operation: Operation | None) -> None:
        """A command was accepted, now or before."""
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
