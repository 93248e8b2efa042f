"""Signing in and out over HTTP, one's own sessions, and the first run (PROTOCOL section 1)."""

from typing import Any

from aiohttp import web
from pydantic import Field

from events.errors import NotFound
from server.body import StrictForm, form
from server.cookie import SessionCookie
from server.gate import Gate
from server.identity import LOGOUT, REVOKED, Identity, SignedIn, Who
from server.setup import Setup
from stores.database import Session
from stores.desks import Tenant
from stores.record import encode


class Login(StrictForm):
    """The body of a sign-in."""

    email: str = Field(max_length=1000)
    password: str
    tenant: str | None = None
    cookie_only: bool = False


class FirstRun(StrictForm):
    """The body of the set-up."""

    code: str
    tenant_name: str
    email: str
    display_name: str
    password: str
    cookie_only: bool = False


class SignInDoor:
    """`/api/login`, `/api/logout`, `/api/me` and what is below it, `/api/setup`."""

    def __init__(self, gate: Gate, identity: Identity, setup: Setup) -> None:
        self._gate, self._identity, self._setup = gate, identity, setup
        self._cookie = SessionCookie(gate)

    def attach(self, application: web.Application) -> None:
        """Serve these addresses."""
        application.add_routes([
            web.post("/api/login", self._login),
            web.post("/api/logout", self._logout),
            web.get("/api/me", self._me),
            web.get("/api/me/sessions", self._sessions),
            web.delete("/api/me/sessions", self._end_sessions),
            web.delete("/api/me/sessions/{id}", self._end_session),
            web.get("/api/setup", self._is_set_up),
            web.post("/api/setup", self._set_up),
        ])  # fmt: skip

    async def _login(self, request: web.Request) -> web.Response:
        self._gate.refuse_foreign(request)
        wanted = await form(request, Login)
        signed_in = await self._identity.sign_in(wanted.email, wanted.password, wanted.tenant, *self._device(request))
        await self._end_held(request)
        return self._welcome(request, signed_in, 200, with_token=not wanted.cookie_only)

    async def _end_held(self, request: web.Request) -> None:
        """The session that this browser had: its cookie is written over, so nobody there could end it any more."""
        held = self._identity.authenticate(request.cookies.get(self._gate.cookie, ""))
        if held is not None:
            await self._identity.end(held.session.id, LOGOUT)

    async def _logout(self, request: web.Request) -> web.Response:
        who = self._gate.who(request)
        await self._identity.end(who.session.id, LOGOUT)
        response = web.Response(status=204)
        self._cookie.take_back(request, response)
        return response

    async def _me(self, request: web.Request) -> web.Response:
        who = self._gate.who(request)
        user, cursor = await who.desk.read(who.caller, lambda view: (view.user, view.cursor))
        return _json({"user": user, "tenant": _shown(who.desk.tenant), "cursor": cursor})

    async def _sessions(self, request: web.Request) -> web.Response:
        who = self._gate.who(request)
        return _json({"items": [self._listed(session, who) for session in self._identity.sessions_of(who)]})

    async def _end_session(self, request: web.Request) -> web.Response:
        who = self._gate.who(request)
        mine = {session.id for session in self._identity.sessions_of(who)}
        if request.match_info["id"] not in mine:
            raise NotFound("There is no such session.")
        await self._identity.end(request.match_info["id"], REVOKED)
        return web.Response(status=204)

    async def _end_sessions(self, request: web.Request) -> web.Response:
        for session in self._identity.sessions_of(self._gate.who(request)):
            await self._identity.end(session.id, REVOKED)
        return web.Response(status=204)

    async def _is_set_up(self, _: web.Request) -> web.Response:
        self._setup.check_open()
        return _json({"needed": True})

    async def _set_up(self, request: web.Request) -> web.Response:
        self._gate.refuse_foreign(request)
        self._setup.check_open()
        wanted = await form(request, FirstRun)
        admin = {"email": wanted.email, "display_name": wanted.display_name, "password": wanted.password}
        address, agent = self._device(request)
        desk, user = await self._setup.complete(wanted.code, wanted.tenant_name, address=address, **admin)
        signed_in = await self._identity.open_session(desk, user, address, agent)
        return self._welcome(request, signed_in, 201, with_token=not wanted.cookie_only)

    def _device(self, request: web.Request) -> tuple[str, str]:
        return self._gate.proxies.of(request), request.headers.get("User-Agent", "")

    def _welcome(self, request: web.Request, signed_in: SignedIn, status: int, *, with_token: bool) -> web.Response:
        session, said = signed_in.session, dict[str, Any]()
        if with_token:
            said["token"] = signed_in.token
        said |= {"expires_at": session.expires_at, "user": signed_in.user, "tenant": _shown(signed_in.tenant)}
        response = _json(said, status)
        lifetime = int((session.expires_at - session.created_at).total_seconds())
        self._cookie.give(request, response, signed_in.token, lifetime)
        return response

    def _listed(self, session: Session, who: Who) -> dict[str, Any]:
        return {
            "id": session.id, "created_at": session.created_at, "seen_at": self._identity.seen_at(session),
            "expires_at": session.expires_at, "address": session.address, "agent": session.agent,
            "current": session.id == who.session.id,
        }  # fmt: skip


def _shown(tenant: Tenant) -> dict[str, str]:
    return {"id": tenant.tenant_id, "slug": tenant.slug, "name": tenant.name}


def _json(value: Any, status: int = 200) -> web.Response:
    return web.Response(body=encode(value), status=status, content_type="application/json")
