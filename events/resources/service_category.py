"""A category of carry-in repairs: what kind of device it is. The same as a category of calls, for services."""

from typing import Annotated, Any

from events.permission import lead, member
from events.resource import Resource, refers_to
from events.resources.category import Category, last_place, move_along
from events.text import Id
from events.work import Work


class ServiceCategory(Category):
    """One category of carry-in repairs."""


service_categories = Resource(
    ServiceCategory, noun="service_category", plural="service_categories", title="name", subtitle="description",
    read=member, sets=("name", "description", "colour", "icon", "sort_order", "archived"), unsearched=("colour", "icon"),
)  # fmt: skip

Another = Annotated[Id | None, refers_to("service_categories", need="a category that is in use")]


@service_categories.create(lead)
def create_service_category(given: dict[str, Any], by: Work) -> dict[str, Any]:
    """Add a category, after the others where no place is given."""
    named = {name: value for name, value in given.items() if value is not None}
    return {"sort_order": last_place(by, "service_categories"), **named}


service_categories.update(lead)


@service_categories.delete(lead)
def delete_service_category(category: ServiceCategory, by: Work, *, reassign_to: Another = None) -> None:
    """Delete it; repairs that use it move to another one in the same change set."""
    move_along(category, by, reassign_to)
