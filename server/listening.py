"""The sockets at which a server listens, opened before anything serves at them: so they can be handed on (`waiting.py`)."""

import socket

BACKLOG = 8_192  # who knocks in a herd waits here; at aiohttp's 128 TCP's own retries made 5,000 take minutes


def listening_at(host: str, port: int) -> list[socket.socket]:
    """One for each address of this host, listening; OSError where one of them is not to be had."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
    sockets: list[socket.socket] = []
    try:
        for family, address in dict.fromkeys((family, address) for family, _, _, _, address in found):
            sockets.append(socket.create_server(address, family=family, backlog=BACKLOG))
    except OSError:
        close(sockets)
        raise
    return sockets


def close(sockets: list[socket.socket]) -> None:
    """Listen no more."""
    for each in sockets:
        each.close()
