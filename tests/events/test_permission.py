"""Permissions are words: they allow, they speak, they compile."""

from types import SimpleNamespace

import pytest

from events.actor import SYSTEM_ACTOR, member_actor
from events.permission import (
    ROLES,
    Permission,
    admin,
    dispatcher,
    engineer,
    front_desk,
    is_me,
    lead,
    member,
    nobody,
    role,
    system,
    viewer,
    when,
)  # fmt: skip

BOB, DORA = member_actor("bob", "Bob", "engineer"), member_actor("dora", "Dora", "dispatcher")
own = is_me("assignee_id", "its assignee")
is_open = when("status", ("new",), "while it is open")


def call(assignee_id=None, status="new"):
    return SimpleNamespace(assignee_id=assignee_id, status=status)


@pytest.mark.parametrize("name", ROLES)
def test_each_role_is_itself_and_a_member(name):
    rule, actor = role(name, name), member_actor("x", "X", name)
    assert rule.allows(actor, None)
    assert member.allows(actor, None)
    assert not any(role(other, other).allows(actor, None) for other in ROLES if other != name)


def test_or_and_not():
    rule = dispatcher | engineer & own & is_open
    assert rule.allows(DORA, call())
    assert rule.allows(BOB, call("bob"))
    assert not rule.allows(BOB, call("dora"))
    assert not rule.allows(BOB, call("bob", "closed"))
    assert (engineer & ~own).allows(BOB, call("dora"))
    assert not (engineer & ~own).allows(BOB, call("bob"))
    assert not (~(engineer | own)).allows(BOB, call())
    assert (~(dispatcher & own)).allows(DORA, call())
    assert (engineer & ~~own).allows(BOB, call("bob"))


def test_and_takes_every_way_with_every_other():
    assert ((admin | engineer) & (own | is_open)).allows(BOB, call("bob", "closed"))
    assert not ((admin | engineer) & (own | is_open)).allows(BOB, call("dora", "closed"))
    assert not ((admin | engineer) & (own | is_open)).allows(DORA, call("dora"))


def test_without_a_record_only_roles_hold():
    assert not own.allows(BOB, None)
    assert not is_open.allows(BOB, None)


def test_nobody_is_nobody_but_the_program_may_all():
    assert not nobody.allows(DORA, call())
    assert nobody.allows(SYSTEM_ACTOR, call())
    assert not system.allows(DORA, None)


@pytest.mark.parametrize(("rule", "said"), [
    (dispatcher, "a dispatcher"),
    (lead, "an admin or a dispatcher"),
    (dispatcher | own & is_open, "a dispatcher or its assignee while it is open"),
    (admin | dispatcher | engineer & own, "an admin, a dispatcher, or an engineer who is its assignee"),
    (admin | admin, "an admin"),
    (engineer & ~own, "an engineer not who is its assignee"),
    (is_open, "anyone while it is open"),
])  # fmt: skip
def test_r4_a_permission_says_itself_aloud(rule, said):
    assert str(rule) == said


def test_r4_the_refusal_carries_the_sentence(road):
    record = road.put("calls", title="x", customer_name="y", status="completed")
    assert road.ask("fred", "close_call", record).message == "Only an admin or a dispatcher may close this call."
    said = road.ask("vera", "complete_call", record).message
    assert said.startswith("Only an admin, a dispatcher, an engineer who is its assignee, ")
    assert said.endswith(" may complete this call.")


def test_v2_a_read_rule_compiles_to_keys():
    rule = admin | own | front_desk & is_open
    keys_of = rule.audience()
    assert keys_of(call("bob")) == ("role:admin", "user:bob", "role:front_desk")
    assert keys_of(call(None, "closed")) == ("role:admin",)
    assert rule.open_keys == {"role:admin"}
    assert member.audience()(call()) == ("member",)
    assert (viewer | viewer).audience()(call()) == ("role:viewer",)


def test_a_key_is_made_of_what_stands_in_the_record_and_never_null():
    assert own.audience()(call(None)) == ()
    assert isinstance(own | admin, Permission)
