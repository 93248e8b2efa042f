"""The sockets at which a server listens."""

import socket

import pytest
from network import free_port

from server.listening import close, listening_at


def test_who_knocks_before_anybody_serves_there_waits():
    port = free_port()
    sockets = listening_at("127.0.0.1", port)
    with socket.create_connection(("127.0.0.1", port)) as knocking:
        for each in sockets:
            accepted, _ = each.accept()
            with accepted:
                accepted.sendall(b"come in")
        assert knocking.recv(100) == b"come in"
    close(sockets)


def test_an_address_that_another_has_is_not_to_be_had():
    sockets = listening_at("127.0.0.1", free_port())
    with pytest.raises(OSError, match="in use"):
        listening_at(*sockets[0].getsockname())
    close(sockets)


def test_what_was_opened_is_closed_where_one_of_several_is_not_to_be_had(monkeypatch):
    """A host with several addresses, the last of them taken."""
    taken = listening_at("127.0.0.1", free_port())
    free = free_port()
    port = taken[0].getsockname()[1]
    found = [(socket.AF_INET, 0, 0, "", ("127.0.0.1", number)) for number in (free, port)]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: found)
    with pytest.raises(OSError, match="in use"):
        listening_at("somewhere", port)
    monkeypatch.undo()
    close([*taken, *listening_at("127.0.0.1", free)])
