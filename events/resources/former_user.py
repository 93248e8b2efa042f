"""A former user: the name of somebody who has been deleted but still stands in records. Snapshots bring the names along.

Kept by the program itself, in the change set that deletes the user; no door knows of it.
"""

from events.permission import nobody
from events.resource import Resource
from events.text import Name
from stores.record import Record


class FormerUser(Record):
    """Who somebody was; its id is that of the user."""

    display_name: Name


former_users = Resource(FormerUser, noun="former_user", plural="former_users", read=nobody, sets=(), private=True)
