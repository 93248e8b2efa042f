"""Whoever asks: a user of the tenant, or the system itself. Resolved inside the road, never at a door (V4)."""

from dataclasses import dataclass
from functools import lru_cache

SYSTEM_ID = "system"


@dataclass(frozen=True, slots=True)
class Caller:
    """Who a door says is asking: a user's id and the password epoch his session was made in; the road decides if he still may."""

    user_id: str
    user_epoch: int | None = None


SYSTEM = Caller(SYSTEM_ID)


@dataclass(frozen=True, slots=True)
class Actor:
    """Who is asking, with the audience keys he holds (V2)."""

    id: str
    name: str
    role: str
    keys: frozenset[str]

    @property
    def is_system(self) -> bool:
        """True for the program's own work (import, command line, demo)."""
        return self.id == SYSTEM_ID


@lru_cache(maxsize=4096)  # 0.9 µs a command: everybody is the same from one command to the next
def member_actor(user_id: str, name: str, role: str) -> Actor:
    """A user of the tenant: everybody there is a member, holds one role and is himself."""
    return Actor(user_id, name, role, frozenset(("member", f"role:{role}", f"user:{user_id}")))


SYSTEM_ACTOR = Actor(SYSTEM_ID, "Callboard", "system", frozenset(("member", "role:admin", "user:system")))
