"""What the command line may ask of whoever has the desks open: make tenants and admins, reset passwords, bring repairs
in, say who heard what; and follow what happens, which takes a server in which it happens.

The control socket answers with these where a server runs; where none does, the command line opens the desks itself and
calls the very same (D8). A message and its answer are plain JSON values.
"""

import re
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping
from contextlib import aclosing
from typing import Any, Protocol

import orjson
from pydantic import TypeAdapter, ValidationError

from events.actor import SYSTEM
from events.desk import Desk
from events.errors import Invalid, NotFound, Taken
from events.hearing import hearing
from events.intake import Row, bring_in
from events.text import Name
from events.watching import watched

Message = Mapping[str, Any]
Answer = dict[str, Any]

_SLUG = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?")
_NAME: TypeAdapter[str] = TypeAdapter(Name)


class Keeper(Protocol):
    """Whoever has the desks open."""

    def desk_of_slug(self, slug: str) -> Desk:
        """The desk of this tenant; `NotFound`."""

    async def create_tenant(self, slug: str, name: str) -> Desk:
        """A new tenant with its desk."""


async def create_tenant(keeper: Keeper, message: Message) -> Answer:
    """`{slug, name}` → the same; `Invalid`, or `Taken` where there is one of this slug."""
    slug, name = str(message["slug"]), _name(message["name"])
    if not _SLUG.fullmatch(slug):
        raise Invalid(
            "Some fields need another look.", {"slug": "must be 1 to 40 lower-case letters, digits and inner hyphens"}
        )
    if _exists(keeper, slug):
        raise Taken(f"There is a tenant {slug} already.")
    desk = await keeper.create_tenant(slug, name)
    return {"slug": desk.tenant.slug, "name": desk.tenant.name}


async def create_admin(keeper: Keeper, message: Message) -> Answer:
    """`{tenant, email, display_name, password}` → the user; his password is his own, not one to be changed."""
    fields = {name: message[name] for name in ("email", "display_name", "password")}
    outcome = await _desk(keeper, message).do(SYSTEM, "create_admin", **fields)
    return {"user": orjson.loads(outcome.data)}


async def reset_password(keeper: Keeper, message: Message) -> Answer:
    """`{tenant, email, password}` → the user; he is signed out everywhere, and chooses another when he signs in."""
    desk, email = _desk(keeper, message), str(message["email"])
    user = await desk.read(None, lambda _: desk.stores["users"].holder("email", email))
    if user is None:
        raise NotFound(f"There is no user {email} in {desk.tenant.slug}.")
    outcome = await desk.do(SYSTEM, "reset_password", user.id, password=message["password"])
    return {"user": orjson.loads(outcome.data)}


async def import_repairs(keeper: Keeper, message: Message) -> Answer:
    """`{tenant, rows: [{line, columns}]}` → `{imported, unchanged, categories, refused: [[line, reason]]}`."""
    rows = [Row(int(row["line"]), row["columns"]) for row in message["rows"]]
    report = await bring_in(_desk(keeper, message), rows)
    return {name: getattr(report, name) for name in ("imported", "unchanged", "categories", "refused")}


async def why(keeper: Keeper, message: Message) -> Answer:
    """`{tenant, cursor, user}` → how this user hears the event at this cursor, and why (`events/hearing.py`)."""
    return await hearing(_desk(keeper, message), str(message["cursor"]), str(message["user"]))


async def watch(keeper: Keeper, message: Message) -> AsyncGenerator[Answer | None]:
    """`{tenant, since, resources}` → each event, for ever (`events/watching.py`)."""
    async with aclosing(watched(_desk(keeper, message), message["since"], message["resources"])) as events:
        async for event in events:
            yield event


ERRANDS: Mapping[str, Callable[[Keeper, Message], Awaitable[Answer]]] = {
    "/tenants": create_tenant,
    "/admins": create_admin,
    "/passwords": reset_password,
    "/import/repairs": import_repairs,
    "/why": why,
}
STREAMS: Mapping[str, Callable[[Keeper, Message], AsyncGenerator[Answer | None]]] = {"/watch": watch}


def _desk(keeper: Keeper, message: Message) -> Desk:
    try:
        return keeper.desk_of_slug(str(message["tenant"]))
    except NotFound:
        raise NotFound(f"There is no tenant {message['tenant']}.") from None


def _exists(keeper: Keeper, slug: str) -> bool:
    try:
        keeper.desk_of_slug(slug)
    except NotFound:
        return False
    return True


def _name(value: Any) -> str:
    try:
        return _NAME.validate_python(value)
    except ValidationError:
        raise Invalid("Some fields need another look.", {"name": "must have 1 to 200 characters"}) from None
