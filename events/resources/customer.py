"""A customer: who rings and who carries devices in."""

from typing import Annotated

from pydantic import Field

from events.permission import engineer, front_desk, lead, member
from events.resource import Resource, refers_to
from events.text import Id, Name, OptionalEmail, OptionalPhone, OptionalText, Words, counted
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
    """Delete one without calls and repairs, with his notes."""
    calls, services = by.count("calls", "customer_id", customer.id), by.count("services", "customer_id", customer.id)
    if calls or services:
        work = f"{counted(calls, 'call')} and {counted(services, 'repair')}"
        by.refuse(f"{customer.name} has {work}. Merge into another customer instead.")
    for note in by.where("notes", resource="customers", record_id=customer.id):
        by.delete(note)


@customers.delete(lead, name="merge_customer")
def merge_customer(customer: Customer, by: Work, *, into: Another) -> None:
    """The same person twice: everything of this one goes to the other, and this one is deleted."""
    if into == customer.id:
        by.invalid("into", "must be another customer")
    for plural in ("calls", "services"):
        for record in by.where(plural, customer_id=customer.id):
            by.change(record, customer_id=into)
    for note in by.where("notes", resource="customers", record_id=customer.id):
        by.change(note, record_id=into)
