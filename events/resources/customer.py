"""A customer: who rings and who carries devices in."""

from typing import Annotated

from pydantic import Field

from events.permission import engineer, front_desk, lead, member
from events.resource import Resource, refers_to
from events.text import Id, Name, OptionalEmail, OptionalPhone, OptionalText, Words
from events.work import Work
from stores.record import Record


class Customer(Record):
    """One customer."""

    name: Name
    phone: OptionalPhone = None
    email: OptionalEmail = None
    address: OptionalText = None
    notes: OptionalText = None
    tags: Words = Field(default_factory=list)


customers = Resource(
    Customer, noun="customer", plural="customers", title="name", subtitle="phone", read=member,
    sets=("name", "phone", "email", "address", "notes", "tags"),
)  # fmt: skip

Another = Annotated[Id, refers_to("customers", need="another of our customers")]

customers.create(lead | engineer | front_desk)
customers.update(lead | engineer | front_desk)


@customers.delete(lead)
def delete_customer(customer: Customer, by: Work) -> None:
    """Delete one whom nothing names, with his notes."""
    using = by.referring(customer)
    if using:
        used = by.tally(record for record, _ in using)
        by.refuse(f"{customer.name} stands in {used}. Merge with another customer instead.")
    for note in by.where("notes", record_id=customer.id):
        by.delete(note)


@customers.delete(lead, name="merge_customer")
def merge_customer(customer: Customer, by: Work, *, into: Another) -> None:
    """The same person twice: everything of this one goes to the other, and this one is deleted."""
    if into == customer.id:
        by.invalid("into", "must be another customer")
    for record, field in by.referring(customer):
        by.change(record, **{field: into})
    for note in by.where("notes", record_id=customer.id):
        by.change(note, record_id=into)
