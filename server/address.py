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
        lines = request.headers.getall("X-Forwarded-For", [])
        forwarded = [part.strip() for line in lines for part in line.split(",") if part.strip()]
        return self.client(request.remote or "", forwarded)

    def _trusts(self, address: str) -> bool:
        try:
            place = ipaddress.ip_address(address)
        except ValueError:
            return False
        return any(place in network for network in self.networks)


def is_loopback(address: str) -> bool:
    """Whether this is the machine itself."""
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return False
