"""The first run: the one time that somebody makes a tenant and its admin without being signed in (PROTOCOL section 1).

Whoever reads the start's output has the code and so the right. Once anybody exists, there is no set-up any more.
"""

import asyncio
import hmac
import secrets
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

import orjson
from pydantic import TypeAdapter, ValidationError

from events.actor import SYSTEM
from events.catalog import Catalog
from events.desk import Desk
from events.errors import Forbidden, Invalid, NotFound
from events.passwords import weakness
from events.text import Name
from events.work import invalid_from
from server.address import network_of
from server.limits import Limits

CODE_BYTES = 16
MOST_WRONG = 5
FIRST_SLUG = "main"
ANOTHER_LOOK = "Some fields need another look."

_NAME: TypeAdapter[str] = TypeAdapter(Name)

CreateTenant = Callable[[str, str], Awaitable[Desk]]


class Setup:
    """Open until there is a user. `say` prints the link, at start and each time the code is a new one."""

    def __init__(
        self, desks: Mapping[str, Desk], catalog: Catalog, create_tenant: CreateTenant, public_url: str, limits: Limits,
        say: Callable[[str], None],
    ) -> None:  # fmt: skip
        self._desks, self._create_tenant, self._limits = desks, create_tenant, limits
        self._payload = catalog.command("create_admin").payload
        self._public_url, self._say = public_url, say
        self._code, self._wrong = secrets.token_urlsafe(CODE_BYTES), 0
        self._one_at_a_time = asyncio.Lock()

    @property
    def needed(self) -> bool:
        """Whether there is nobody yet."""
        return not any(len(desk.stores["users"]) for desk in self._desks.values())

    @property
    def link(self) -> str:
        """Where the person who starts the server goes on; the code stands in the fragment, which no log ever sees."""
        return f"{self._public_url}/setup#code={self._code}"

    def announce(self) -> None:
        """Print the link."""
        self._say(f"Set up the first team: {self.link}")

    async def complete(self, code: str, tenant_name: str, *, address: str, **admin: Any) -> tuple[Desk, Any]:
        """(desk, user) of the first tenant and admin. `NotFound` when there is nothing to set up."""
        async with self._one_at_a_time:
            self.check_open()
            self._check_code(code, address)
            return await self.create_first(tenant_name, **admin)

    def check_open(self) -> None:
        """`NotFound` once somebody exists."""
        if not self.needed:
            raise NotFound("This server is set up already.")

    async def create_first(self, tenant_name: str, **admin: Any) -> tuple[Desk, Any]:
        """The first tenant and its admin (`email`, `display_name`, `password`); `Invalid` before anything is made."""
        self._check_fields(tenant_name, admin)
        desk = next(iter(self._desks.values()), None)
        if desk is None:
            desk = await self._create_tenant(FIRST_SLUG, _NAME.validate_python(tenant_name))
        outcome = await desk.do(SYSTEM, "create_admin", **admin)
        user_id = orjson.loads(outcome.data)["id"]
        return desk, await desk.read(None, lambda view: view.get("users", user_id))

    def _check_fields(self, tenant_name: str, admin: dict[str, Any]) -> None:
        """What the road would refuse, said while there is no tenant yet: a refused set-up leaves nothing behind."""
        try:
            _NAME.validate_python(tenant_name)
        except ValidationError:
            raise Invalid(ANOTHER_LOOK, {"tenant_name": "must have 1 to 200 characters"}) from None
        try:
            self._payload.model_validate(admin)
        except ValidationError as error:
            raise invalid_from(error) from None
        weak = weakness(admin["password"], [admin["email"], admin["display_name"], tenant_name, FIRST_SLUG])
        if weak is not None:
            raise Invalid(ANOTHER_LOOK, {"password": weak})

    def _check_code(self, code: str, address: str) -> None:
        key = f"set-up {network_of(address)}"
        self._limits.check_failures(key)
        if hmac.compare_digest(code.encode("utf-8", "replace"), self._code.encode()):
            return
        self._limits.failed(key)
        self._wrong += 1
        if self._wrong >= MOST_WRONG:
            self._code, self._wrong = secrets.token_urlsafe(CODE_BYTES), 0
            self.announce()
        raise Forbidden("This is not the code that the server printed when it started.")
