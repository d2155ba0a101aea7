"""Finds the client behind the proxies of the installation, for `request.remote` and `request.scheme`.

Anybody may send `X-Forwarded-For`. Each proxy adds the address of its own peer at the right end, so only the
entries to the right of the first address that is no proxy of ours are known to be true: the right-most
untrusted address is the client.
"""

from collections.abc import Sequence
from ipaddress import IPv4Address, IPv6Address, ip_address

from aiohttp import web
from aiohttp.typedefs import Handler, Middleware

from bot.settings.parsers import Network

Address = IPv4Address | IPv6Address

_FOR, _PROTO = "X-Forwarded-For", "X-Forwarded-Proto"
_SCHEMES = frozenset({"http", "https"})


def trust_proxies(proxies: Sequence[Network]) -> list[Middleware]:
    """Return the middleware that reads the two headers if the peer is one of `proxies`; without any, none."""

    @web.middleware
    async def read_forwarded(request: web.Request, handler: Handler) -> web.StreamResponse:
        """Give the request the address and scheme that a trusted peer forwards."""
        peer = _address(request.remote or "")
        if peer is None or not _is_trusted(peer, proxies):
            return await handler(request)
        client = client_address(peer, _listed(request, _FOR), proxies)
        return await handler(request.clone(remote=str(client), scheme=_scheme(request)))

    return [read_forwarded] if proxies else []


def client_address(peer: Address, forwarded: Sequence[str], proxies: Sequence[Network]) -> Address:
    """Return the right-most address that is no proxy, among the peer and what it forwards.

    Anything that is not an address ends the search: nobody vouches for what is left of it.
    """
    client = peer
    for entry in reversed(forwarded):
        found = _address(entry)
        if not _is_trusted(client, proxies) or found is None:
            break
        client = found
    return client


def _scheme(request: web.Request) -> str:
    """Return the scheme that the nearest proxy names for its own side, or else the one of this side."""
    said = _listed(request, _PROTO)
    return said[-1] if said and said[-1] in _SCHEMES else request.scheme


def _listed(request: web.Request, name: str) -> list[str]:
    return [entry.strip() for line in request.headers.getall(name, ()) for entry in line.split(",")]


def _is_trusted(address: Address, proxies: Sequence[Network]) -> bool:
    return any(address in network for network in proxies)


def _address(text: str) -> Address | None:
    """Read an address, with a port or in brackets too; an IPv4 address written as IPv6 is that address."""
    bare = text.partition("]")[0].removeprefix("[") if text.startswith("[") else text
    if bare.count(":") == 1:
        bare = bare.partition(":")[0]
    try:
        found = ip_address(bare)
    except ValueError:
        return None
    return getattr(found, "ipv4_mapped", None) or found
