"""Who may do what: the permission tables of the domain, written out once more and by hand.

The matrix asks the server and looks here for what it should have said. Nothing here comes from the server's own rules:
where the two differ, one of them is wrong. A line is

    command | who, and with what: roles (admin, dispatcher, engineer, front desk, viewer) and what must hold | tried while

`own` its assignee or technician, `mine` taken by me, `author` written by me, `self` I am that user, `unassigned` nobody
has it; `new`, `open` and `completed` are the status. A status is one in which the record's own rules would let it pass,
so that permission alone decides. A line may be of one payload: `create_call naming another`.
"""

from collections.abc import Iterator
from dataclasses import dataclass

ROLES = {"A": "admin", "D": "dispatcher", "E": "engineer", "F": "front_desk", "V": "viewer"}
OPEN = ("new", "assigned", "in_progress", "on_hold")

# Each kind of record: who reads it, and in what relation somebody can stand to one.
READ = {
    "calls": ("A D E F V", ("strange", "own", "mine")),
    "services": ("A D E F V", ("strange", "own", "unassigned")),
    "categories": ("A D E F V", ("strange",)),
    "service_categories": ("A D E F V", ("strange",)),
    "customers": ("A D E F V", ("strange",)),
    "notes": ("A D E F V", ("strange", "author")),
    "users": ("A D E F V", ("strange", "self")),
}

CALLS = """
create_call                      | A D E F                              | -
create_call naming another       | A D                                  | -
create_call naming himself       | A D E                                | -
update_call                      | A D; E own open; E mine new; F open  | new assigned on_hold completed
assign_call                      | A D; E own                           | new assigned in_progress
claim_call                       | A D E                                | new
release_call                     | A D; E own                           | assigned on_hold
start_call                       | A D; E own                           | assigned
hold_call                        | A D; E own                           | in_progress
resume_call                      | A D; E own                           | on_hold
complete_call                    | A D; E own; E new; F new             | new in_progress
reopen_call                      | A D; E own; F completed              | completed closed cancelled
close_call                       | A D                                  | completed
cancel_call                      | A D; E mine new; F new               | new assigned
convert_call                     | A D F; E own                         | new in_progress
delete_call                      | A                                    | new closed
"""
SERVICES = """
create_service                   | A D E F                              | -
create_service with a price      | A D F                                | -
update_service                   | A D E F                              | received completed
update_service with a price      | A D F                                | received completed
assign_service                   | A D                                  | received
claim_service                    | E unassigned                         | received
advance_service                  | A D; E own                           | received
complete_service                 | A D; E own                           | diagnosing
deliver_service                  | A D F; E own                         | completed cancelled
reopen_service                   | A D; E own                           | completed cancelled
cancel_service                   | A D F                                | in_repair
delete_service                   | A                                    | received delivered
import_service                   | nobody                               | -
"""
LISTS = """
create_category                  | A D                                  | -
update_category                  | A D                                  | -
delete_category                  | A D                                  | -
create_service_category          | A D                                  | -
update_service_category          | A D                                  | -
delete_service_category          | A D                                  | -
create_customer                  | A D E F                              | -
update_customer                  | A D E F                              | -
delete_customer                  | A D                                  | -
merge_customer                   | A D                                  | -
create_note                      | A D E F                              | -
update_note                      | A; D author; E author; F author; V author | -
delete_note                      | A; D author; E author; F author; V author | -
"""
USERS = """
create_user                      | A                                    | -
create_admin                     | nobody                               | -
set_role                         | A                                    | -
change_email                     | A                                    | -
deactivate_user                  | A                                    | -
activate_user                    | A                                    | -
delete_user                      | A                                    | -
reset_password                   | A                                    | -
update_user                      | A; D self; E self; F self; V self    | -
change_password                  | A self; D self; E self; F self; V self | -
set_availability                 | A D; E self; F self; V self          | -
"""
# What a change set is taken back by: `mine` is whose it was. And the signals of a record, which take the right to update it.
OTHERS = """
undo                             | A; D mine; E mine; F mine; V mine    | -
"""
NOT_ONESELF = ("deactivate_user", "delete_user")
"""Permitted to an admin, but `refused` of himself."""


@dataclass(frozen=True)
class Line:
    """One line: `ways` are (roles, what must hold)."""

    name: str
    ways: tuple[tuple[str, frozenset[str]], ...]
    statuses: tuple[str | None, ...]

    @property
    def command(self) -> str:
        """Without what its payload is to be."""
        return self.name.split(" ")[0]

    @property
    def is_on_wire(self) -> bool:
        """Whether clients have it at all."""
        return bool(self.ways)

    def permits(self, letter: str, relation: str | None, status: str | None) -> bool:
        """Whether somebody of this role may, of a record that stands to him in this relation."""
        holds = {relation, status, "open" if status in OPEN else None}
        return any(letter in letters and needs <= holds for letters, needs in self.ways)

    def expected(self, letter: str, relation: str | None, status: str | None) -> str:
        """What the answer should be: `ok` or the code of a refusal."""
        if not self.is_on_wire:
            return "unknown"
        if not self.permits(letter, relation, status):
            return "forbidden"
        return "refused" if self.command in NOT_ONESELF and relation == "self" else "ok"


def lines() -> Iterator[Line]:
    """All of them."""
    for text in filter(None, f"{CALLS}{SERVICES}{LISTS}{USERS}{OTHERS}".splitlines()):
        name, who, statuses = (part.strip() for part in text.split("|"))
        ways = [_way(clause) for clause in who.split(";")] if who != "nobody" else []
        yield Line(name, tuple(ways), (None,) if statuses == "-" else tuple(statuses.split()))


def line_of(command: str) -> Line:
    """The line of a command whatever its payload."""
    return next(line for line in lines() if line.name == command)


def may_read(plural: str, letter: str) -> bool:
    """Whether somebody of this role reads records of this kind."""
    return letter in READ[plural][0]


def may_call_out(letter: str) -> bool:
    """To the whole team: all but viewers."""
    return letter != "V"


def _way(clause: str) -> tuple[str, frozenset[str]]:
    words = clause.split()
    return "".join(word for word in words if word in ROLES), frozenset(word for word in words if word not in ROLES)
