"""A user: one of the team, with a role, a password and open sessions.

Who is deleted or deactivated hands his open work over in the same change set; his sessions end with it. Records keep his
id, so his name stays readable.
"""

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints

from events.passwords import LONGEST, hashed, matches, weakness
from events.permission import admin, is_me, lead, member, system
from events.resource import Prepare, Resource, refers_to
from events.text import Count, Email, Flag, Id, Name, OptionalPhone, Words, counted
from events.work import Work
from stores.record import Hidden, Indexed, Record, Unique, with_fields

Role = Literal["admin", "dispatcher", "engineer", "front_desk", "viewer"]
Password = Annotated[str, StringConstraints(strict=True, max_length=LONGEST * 8)]

WORKERS = ("admin", "dispatcher", "engineer")
OPEN_CALLS = ("new", "assigned", "in_progress", "on_hold")
OPEN_SERVICES = ("received", "diagnosing", "awaiting_approval", "awaiting_parts", "in_repair", "completed")

works_here = refers_to(
    "users", lambda user: user.active and user.role in WORKERS, "an active admin, dispatcher or engineer"
)
Colleague = Annotated[Id | None, works_here]


class User(Record):
    """One of the team."""

    email: Annotated[Email, Unique()]
    display_name: Name
    role: Annotated[Role, Indexed()]
    phone: OptionalPhone = None
    skills: Words = Field(default_factory=list)
    availability: Literal["available", "busy", "away"] = "available"
    active: Flag = True
    must_change_password: Flag = False
    password_hash: Annotated[str, Hidden()] = ""
    session_epoch: Annotated[Count, Hidden()] = 0
    rights_seq: Annotated[Count, Hidden()] = 0


def _no_way_back(now: User | None, was: User | None, by: Work) -> str | None:
    """What undo must not do to a user: unmake him, or take the team its last admin."""
    if now is None:
        return None
    if was is None:
        return "A new user is not taken back. Deactivate or delete him."
    stays_admin = was.role == "admin" and was.active
    return None if stays_admin else _not_the_last_admin(now, by)


myself = is_me("id", "the user himself")

users = Resource(
    User, noun="user", plural="users", title="display_name", subtitle="email", read=member,
    sets=("display_name", "phone", "skills"), rights_fields=("role", "active"), session_fields=("session_epoch",),
    former="former_users", undo_unless=(_no_way_back,),
)  # fmt: skip


def _hashed_for_new(_: User | None, given: Mapping[str, Any]) -> str | None:
    names = [str(given.get(name) or "") for name in ("email", "display_name")]
    return None if weakness(given["password"], names) else hashed(given["password"])


@users.create(admin, sets=("email", "role"), prepare=Prepare(_hashed_for_new), secret=("password",))
def create_user(given: dict[str, Any], by: Work, *, password: Password) -> dict[str, Any]:
    """Add somebody to the team with a first password, to be changed by him."""
    _insist(by, "password", password, [given["email"], given["display_name"]])
    return {**given, "password_hash": by.prepared, "must_change_password": True}


@users.create(
    system, name="create_admin", on_wire=False, sets=("email",), prepare=Prepare(_hashed_for_new), secret=("password",)
)
def create_admin(given: dict[str, Any], by: Work, *, password: Password) -> dict[str, Any]:
    """Add an admin with a password of his own choice: the first one, or one made at the command line."""
    _insist(by, "password", password, [given["email"], given["display_name"]])
    return {**given, "role": "admin", "password_hash": by.prepared}


users.update(myself | admin)


@users.act(admin)
def set_role(user: User, by: Work, *, role: Role) -> User:
    """Give somebody another role."""
    if user.role == "admin" and role != "admin":
        _keep_an_admin(user, by)
    return with_fields(user, role=role)


@users.act(admin)
def change_email(user: User, by: Work, *, email: Email) -> User:  # noqa: ARG001  # the shape of every act
    """Change the address somebody signs in with."""
    return with_fields(user, email=email)


@users.act(myself | lead)
def set_availability(user: User, by: Work, *, availability: Literal["available", "busy", "away"]) -> User:  # noqa: ARG001  # every act's shape
    """Say whether somebody can take a call now."""
    return with_fields(user, availability=availability)


def _changed_by_myself(user: User, given: Mapping[str, Any]) -> str | None:
    """None where the current password is wrong; an empty text where the new one is weak."""
    if not matches(given["current"], user.password_hash):
        return None
    weak = weakness(given["new"], [user.email, user.display_name])
    return "" if weak else hashed(given["new"])


@users.act(myself, prepare=Prepare(_changed_by_myself, ("password_hash",)), secret=("current", "new"))
def change_password(user: User, by: Work, *, current: Password, new: Password) -> User:  # noqa: ARG001  # prepared
    """Choose a new password; all sessions end."""
    if by.prepared is None:
        by.invalid("current", "is not the present password")
    _insist(by, "new", new, [user.email, user.display_name])
    return _with_password(user, by.prepared, must_change=False)


def _reset(user: User, given: Mapping[str, Any]) -> str:
    return "" if weakness(given["password"], [user.email, user.display_name]) else hashed(given["password"])


@users.act(admin, prepare=Prepare(_reset), secret=("password",))
def reset_password(user: User, by: Work, *, password: Password) -> User:
    """Give somebody a new first password; all his sessions end."""
    _insist(by, "password", password, [user.email, user.display_name])
    return _with_password(user, by.prepared, must_change=True)


def _not_oneself(user: User, by: Work) -> str | None:
    return "You cannot do this to yourself." if user.id == by.actor.id else None


def _not_the_last_admin(user: User, by: Work) -> str | None:
    return (
        "This is the last active admin." if user.role == "admin" and user.active and _is_last_admin(user, by) else None
    )


@users.act(admin, unless=(_not_oneself, _not_the_last_admin))
def deactivate_user(user: User, by: Work, *, reassign_to: Colleague = None, release: Flag = False) -> User:
    """Let somebody in no more; his open work goes to another or back to everyone."""
    if not user.active:
        return user
    hand_over(user, by, reassign_to, release=release)
    return with_fields(user, active=False, session_epoch=user.session_epoch + 1)


@users.act(admin)
def activate_user(user: User, by: Work) -> User:  # noqa: ARG001  # the shape of every act
    """Let somebody in again."""
    return with_fields(user, active=True)


@users.delete(
    admin, unless=(_not_oneself, _not_the_last_admin), event="user_deleted_broadcast", personal="user_deleted"
)
def delete_user(user: User, by: Work, *, reassign_to: Colleague = None, release: Flag = False) -> None:
    """Delete somebody; his open work goes to another or back to everyone, his name stays with what he did."""
    hand_over(user, by, reassign_to, release=release)
    by.create("former_users", id=user.id, display_name=user.display_name)


def hand_over(user: User, by: Work, reassign_to: str | None, *, release: bool) -> None:
    """Open calls and repairs of somebody who goes: to a colleague, or back; with neither they hold him."""
    calls = [call for call in by.where("calls", assignee_id=user.id) if call.status in OPEN_CALLS]
    services = [s for s in by.where("services", technician_id=user.id) if s.status in OPEN_SERVICES]
    if (calls or services) and reassign_to is None and not release:
        work = f"{counted(len(calls), 'open call')} and {counted(len(services), 'open repair')}"
        by.refuse(f"{user.display_name} has {work}. Hand them over first.")
    if reassign_to == user.id:
        by.invalid("reassign_to", "must be somebody else")
    for service in services:
        by.change(service, technician_id=reassign_to)
    for call in calls:
        if reassign_to is None:
            by.change(call, status="new", assignee_id=None, assigned_at=None, status_reason=None)
        else:
            by.change(
                call, "call_assigned", assignee_id=reassign_to, status="assigned", assigned_at=by.at, status_reason=None
            )


def _insist(by: Work, field: str, password: str, names: list[str]) -> None:
    weak = weakness(password, [*names, by.tenant.name, by.tenant.slug])
    if weak is not None:
        by.invalid(field, weak)


def _with_password(user: User, password_hash: str, *, must_change: bool) -> User:
    return with_fields(
        user, password_hash=password_hash, must_change_password=must_change, session_epoch=user.session_epoch + 1
    )


def _keep_an_admin(user: User, by: Work) -> None:
    if user.active and _is_last_admin(user, by):
        by.refuse("This is the last active admin.")


def _is_last_admin(user: User, by: Work) -> bool:
    return not any(other.active and other.id != user.id for other in by.where("users", role="admin"))
