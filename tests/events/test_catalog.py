"""Discovery: what is in the folder is what there is (A5)."""

import subprocess
import sys

import pytest
from leads import make_leads

from events.catalog import discover
from events.errors import NotFound, Unknown

PLURALS = {
    "calls", "services", "categories", "service_categories", "customers", "notes", "users", "former_users",
}  # fmt: skip
COMMANDS = """
        create_call update_call assign_call claim_call release_call start_call hold_call resume_call complete_call
        reopen_call close_call cancel_call convert_call delete_call delete_service create_service update_service
        assign_service claim_service advance_service complete_service reopen_service deliver_service cancel_service
        create_category update_category delete_category create_service_category update_service_category
        delete_service_category create_customer update_customer delete_customer merge_customer create_note update_note
        delete_note create_user set_role change_email deactivate_user activate_user delete_user reset_password
        update_user change_password set_availability
"""


def test_a5_every_file_of_the_folder_is_found(catalog):
    assert set(catalog.resources) == PLURALS
    assert set(catalog.wire_plurals) == PLURALS - {"former_users"}
    assert set(catalog.record_classes) == PLURALS


def test_a5_one_more_resource_brings_its_commands_and_events():
    catalog = discover(extra=[make_leads()])
    assert catalog.command("share_lead").event == "lead_updated"
    assert {"lead_created", "lead_updated", "lead_deleted"} <= catalog.events.keys()


def test_what_is_not_there_is_unknown(catalog):
    for name in ("nonsense", "", None, 5, "connect", "__init__"):
        with pytest.raises(Unknown):
            catalog.wire_command(name)
    for plural in ("nonsense", "former_users", "call", None, 5, ["calls"]):
        with pytest.raises(NotFound):
            catalog.wire_resource(plural)


@pytest.mark.parametrize("name", ["import_service", "create_admin"])
def test_what_is_not_on_the_wire_is_unknown_there(catalog, name):
    assert catalog.command(name).name == name
    with pytest.raises(Unknown):
        catalog.wire_command(name)


def test_the_commands_are_those_of_the_domain(catalog):
    assert {name for name, command in catalog.commands.items() if command.on_wire} == set(COMMANDS.split())


def test_the_path_of_a_command_is_its_name_without_its_noun(catalog):
    paths = {name: catalog.command(name).path for name in ("assign_call", "set_availability", "advance_service")}
    assert paths == {"assign_call": "assign", "set_availability": "set_availability", "advance_service": "advance"}


def test_f8_the_mark_changes_with_the_shape_of_what_is_told():
    assert discover().mark == discover().mark
    assert discover().mark != discover(extra=[make_leads()]).mark


def test_f8_the_mark_is_the_same_in_every_process(catalog):
    """Once it was made of annotations as they print, with the addresses of functions in them."""
    program = "from events.catalog import discover; print(discover().mark)"
    marks = {subprocess.run([sys.executable, "-c", program], check=True, capture_output=True).stdout for _ in range(2)}
    assert marks == {f"{catalog.mark}\n".encode()}
