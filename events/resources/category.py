"""A category of calls: what a call is about. Leads keep the list; an archived one stays on old calls, and is not offered."""

from typing import Annotated, Any

from events.permission import lead, member
from events.resource import Resource, refers_to
from events.text import Colour, Flag, Id, Name, OptionalCode, OptionalText, Whole
from events.work import Work
from stores.record import Record, Unique


class Category(Record):
    """One category of calls."""

    name: Annotated[Name, Unique()]
    description: OptionalText = None
    colour: Colour = "#868e96"
    icon: OptionalCode = None
    sort_order: Whole = 0
    archived: Flag = False


categories = Resource(
    Category, noun="category", plural="categories", title="name", subtitle="description", read=member,
    sets=("name", "description", "colour", "icon", "sort_order", "archived"), unsearched=("colour", "icon"),
)  # fmt: skip

Another = Annotated[Id | None, refers_to("categories", need="a category that is in use")]


@categories.create(lead)
def create_category(given: dict[str, Any], by: Work) -> dict[str, Any]:
    """Add a category, after the others where no place is given."""
    return {"sort_order": last_place(by, "categories"), **_without_nulls(given)}


categories.update(lead)


@categories.delete(lead)
def delete_category(category: Category, by: Work, *, reassign_to: Another = None) -> None:
    """Delete it; calls that use it move to another one in the same change set."""
    move_along(category, by, reassign_to)


def last_place(by: Work, plural: str) -> int:
    """The place after all others."""
    return max((category.sort_order for category in by.all(plural)), default=0) + 1


def move_along(category: Any, by: Work, reassign_to: str | None) -> None:
    """Records of a category that goes move to another, or hold it back."""
    using = by.referring(category)
    if using and reassign_to is None:
        used = by.tally(record for record, _ in using)
        by.refuse(f"This category is in use by {used}. Name another one to move them to.")
    if reassign_to == category.id:
        by.invalid("reassign_to", "must be another category")
    for record, field in using:
        by.change(record, **{field: reassign_to})


def _without_nulls(given: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in given.items() if value is not None}
