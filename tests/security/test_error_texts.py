"""What failures tell: never how we are made, never whether something is there, never what was sent."""

import json
import re
from typing import Any

import pytest
from askers import DOORS
from caller import Caller
from premises import CHEAP, id_of
from stage import SECRET, STRANGER, Stage

from events import passwords
from events.errors import Internal
from server import identity as identity_module

INTERNALS = re.compile(
    r"Traceback|File \"|\.py\b|line \d+|site-packages|sqlalchemy|sqlite|psycopg|pydantic|aiohttp|orjson|SELECT |INSERT |"
    r"<class|object at 0x|NoneType|KeyError|TypeError|ValueError|/home|/usr|/tmp|errors\.pydantic",
    re.IGNORECASE,
)
SENT = "canary-of-what-was-sent"
ODD: list[Any] = [
    SENT, 7, -1, 2**60, 1.5, True, [], [SENT], {}, {SENT: SENT}, None, "", "\x00", "\ud800", "\u202e", "x" * 5_000, "../../etc",
    "' OR 1=1 --", "{{7*7}}", "%s%n", "<script>",
]  # fmt: skip


@pytest.fixture
async def stage(open_board, http, monkeypatch) -> Stage:
    monkeypatch.setattr(passwords, "_HASHING", CHEAP)
    return await Stage.set_up(await open_board(), http)


def betrays(said: Any) -> list[str]:
    """What of it must not be said."""
    text = json.dumps(said)
    return [*INTERNALS.findall(text), *([SENT] if SENT in text.replace(f'"{SENT}": "is not', "") else [])]


@pytest.mark.parametrize("kind", [kind for name, kind in DOORS.items() if name != "http by cookie"])
async def test_whatever_is_sent_the_answer_says_nothing_of_how_we_are_made(stage, kind):
    door = stage.at(kind, await stage.token(stage.main, id_of("alice")))
    await door.enters()
    call = stage.target("calls", STRANGER, "strange", "new")
    for odd in ODD:
        for name, message in (
            ("create_call", {"title": odd, "customer_name": odd, "category_id": odd, "priority": odd, "due_at": odd}),
            ("update_call", {"id": call.id, "description": odd, "expected_version": odd}),
            ("assign_call", {"id": call.id, "assignee_id": odd, "op_id": odd}),
            ("create_user", {"email": odd, "display_name": odd, "role": odd, "password": odd}),
            ("change_password", {"id": id_of("alice"), "current": odd, "new": odd}),
            ("undo", {"cursor": odd}),
        ):
            code, said = await door.asks(name, message)
            if code != "ok":
                assert code in {"invalid", "not_found", "refused", "conflict", "rate_limited"}, (name, odd, said)
                assert betrays(said) == [], (name, odd)
    await door.leaves()


@pytest.mark.parametrize(
    "path", [
        "/api/tenants/main/calls?limit=x", "/api/tenants/main/calls?sort=%00", "/api/tenants/main/calls?created_at.from=x",
        "/api/tenants/main/calls?after=%FF", "/api/tenants/main/changes?since=x&wait=-1", "/api/tenants/main/nothing",
        "/api/tenants/main/insights?from=x", "/api/tenants/main/activity?after=x", "/api/tenants/main/snapshot?resources=x",
        "/api/tenants/%2e%2e/calls", "/assets/..%2f..%2fpyproject.toml", "/..%2fpyproject.toml", "/docs/%00",
        "/socket.io/?EIO=3", "/socket.io/?EIO=4&transport=polling&sid=x", "/ws", "/api/track/%00", "/api/setup",
    ],
)  # fmt: skip
async def test_an_address_that_is_wrong_says_nothing_of_how_we_are_made(bob: Caller, path: str):
    answer = await bob.gets(path)
    assert 400 <= answer.status < 500
    assert INTERNALS.findall(answer.raw.decode()) == []


async def test_what_is_there_for_others_looks_as_what_is_not_there(stage):
    """The same answer, byte for byte, but for the reference of the request itself."""
    door = stage.at(DOORS["http"], await stage.token(stage.other, id_of("other A")), "other")
    call = stage.target("calls", STRANGER, "strange", "new")
    for name in ("get", "explain", "activity", "update_call", "assign_call", "delete_call"):
        plural = {"resource": "calls"} if "_" not in name else {}
        answers = [await door.asks(name, {"id": each, **plural}) for each in (call.id, id_of("nothing"), "nonsense")]
        assert answers[0] == answers[1] == answers[2], name
        assert answers[0][0] == "not_found", name


async def test_who_has_an_account_is_not_to_be_found_out(somebody: Caller, monkeypatch: pytest.MonkeyPatch):
    """Same status, same words, same headers, and a hash checked each time: unknown, wrong, deactivated, another team."""
    checked: list[str] = []
    monkeypatch.setattr(identity_module, "matches", lambda _, kept: bool(checked.append(kept)))
    told = []
    for email, more in (
        ("bob@example.com", {}), ("nobody@example.com", {}), ("bob@example.com", {"tenant": "nowhere"}), ("", {}),
        ("BOB@example.com", {"tenant": "main"}),
    ):  # fmt: skip
        answer = await somebody.posts("/api/login", {"email": email, "password": "not the password", **more})
        told.append((answer.status, answer.raw, sorted(set(answer.headers) - {"X-Request-ID"})))
    assert told == [told[0]] * 5
    assert told[0][0] == 401
    assert len(checked) == 5
    assert len({kept.rpartition("$")[0].rpartition("$")[0] for kept in checked if "m=19456" in kept}) <= 1


async def test_a_wrong_password_of_ones_own_is_told_without_it(stage):
    door = stage.at(DOORS["websocket"], await stage.token(stage.main, id_of("bob")))
    await door.enters()
    code, said = await door.asks("change_password", {"id": id_of("bob"), "current": SENT * 2, "new": SENT * 3})
    assert (code, SENT in json.dumps(said)) == ("invalid", False)
    await door.leaves()


def test_an_internal_failure_tells_its_reference_alone():
    assert Internal("ab12").details() == {"ref": "ab12"}
    assert INTERNALS.findall(Internal("ab12").message) == []


async def test_a_forbidden_command_says_who_may_and_not_what_is_there(stage):
    door = stage.at(DOORS["http"], await stage.token(stage.main, id_of("vera")))
    call = stage.target("calls", STRANGER, "strange", "new")
    code, said = await door.asks("update_call", {"id": call.id, "title": SENT})
    assert code == "forbidden"
    assert SENT not in json.dumps(said)
    assert SECRET not in json.dumps(said)
    assert said["error"].keys() <= {"code", "message", "retry", "ref"}
