"""The server and the people that the tests of the server have, for those who look at it with an attacker's eyes."""

from tests.server.conftest import (  # noqa: F401  # fixtures are found by their names
    _own_environment,
    alice,
    at,
    board,
    bob,
    callboard,
    clock,
    http,
    main_tenant,
    open_board,
    somebody,
)
