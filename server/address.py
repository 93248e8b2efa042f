"""Whose request this is: the client's address, seen through the proxies that we trust (T28).

Settings make one `TrustedProxies`; limits, sessions and logs ask it. What a client writes into X-Forwarded-For himself
stands left of what the proxies append, so the header is read from the right and never further than trust goes.
"""

import ipaddress
from collections.abc import Sequence
from dataclasses import dataclass

from aiohttp import web

Network = ipaddress.IPv4Network | ipaddress.IPv6Network


@dataclass(frozen=True, slots=True)
class TrustedProxies:
    """Either how many proxies stand before us, each appending one address, or the networks that proxies have."""

    hops: int = 0
    networks: tuple[Network, ...] = ()

    @classmethod
    def parse(cls, text: str) -> "TrustedProxies":
        """`2`, or `10.0.0.0/8, 127.0.0.1`; ValueError for anything else."""
        text = text.strip()
        if text.isascii() and text.isdigit():
            return cls(hops=int(text))
        return cls(networks=tuple(ipaddress.ip_network(part.strip()) for part in text.split(",") if part.strip()))

    def trusts(self, peer: str) -> bool:
        """Whether who is at the other end is a proxy of ours: where they are counted, everybody is."""
        return bool(self.hops) or self._trusts(peer)

    def client(self, peer: str, forwarded: Sequence[str]) -> str:
        """The client behind `peer`; the peer itself where the header says less than it should."""
        if self.hops:
            return forwarded[-self.hops] if len(forwarded) >= self.hops else peer
        seen = peer
        for address in reversed(forwarded):
            if not self._trusts(seen):
                break
            seen = address
        return seen

    def of(self, request: web.BaseRequest) -> str:
        """The client of an aiohttp request; empty where it came over a Unix socket."""
        return self.client(request.remote or "", _forwarded(request))

    def passed_on(self, request: web.BaseRequest) -> bool:
        """Whether it came to us through a proxy that we trust."""
        if self.hops:
            return len(_forwarded(request)) >= self.hops
        return self._trusts(request.remote or "")

    def _trusts(self, address: str) -> bool:
        try:
            place = ipaddress.ip_address(address)
        except ValueError:
            return False
        return any(place in network for network in self.networks)


def _forwarded(request: web.BaseRequest) -> list[str]:
    lines = request.headers.getall("X-Forwarded-For", [])
    return [part.strip() for line in lines for part in line.split(",") if part.strip()]


def network_of(address: str) -> str:
    """What somebody is counted by: his address, or the 64 bits of an IPv6 one that are given to one household, who could
    otherwise come from another address each time."""
    try:
        place = ipaddress.ip_address(address)
    except ValueError:
        return address
    if isinstance(place, ipaddress.IPv4Address):
        return str(place)
    return str(place.ipv4_mapped or ipaddress.ip_network((int(place), 64), strict=False))


def is_loopback(address: str) -> bool:
    """Whether this is the machine itself."""
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return False
