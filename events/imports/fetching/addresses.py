"""Which addresses of the network may be asked: those of the public Internet alone."""

import socket
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

from django.conf import settings

from ..problems import CalendarError

Address = IPv4Address | IPv6Address
_GLOBAL = ip_network("2000::/3")  # the part of IPv6 that is given out
_TRANSLATED = ip_network("64:ff9b::/96")  # an IPv4 address is its last 32 bits (NAT64, RFC 6052)
_TUNNELS = tuple(ip_network(text) for text in ("2001::/32", "2002::/16", "3fff::/20"))  # Teredo, 6to4, documentation
_RELAYS = ip_network("192.88.99.0/24")


def resolve(host: str, port: int) -> list[str]:
    """Every address of the name, in the order in which they are to be tried."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(address[0]) for *_kind, address in found))


def checked(host: str, texts: list[str]) -> list[Address]:
    """The same as addresses. One that is not public spoils all: the name means to lead somewhere else."""
    found = [ip_address(text.partition("%")[0]) for text in texts]
    if not found:
        raise CalendarError("unknown_host", host=host)
    if not all(may_be_asked(one) for one in found):
        raise CalendarError("private", host=host)
    return found


def may_be_asked(address: Address) -> bool:
    return is_public(address) or any(address in ip_network(one) for one in settings.CALENDARS_MAY_ASK)


def is_public(address: Address) -> bool:
    if isinstance(address, IPv6Address):
        if address.ipv4_mapped is not None:
            return is_public(address.ipv4_mapped)
        if address in _TRANSLATED:
            return is_public(IPv4Address(int(address) & 0xFFFFFFFF))
        return address in _GLOBAL and address.is_global and not any(address in one for one in _TUNNELS)
    return address.is_global and not (address.is_multicast or address.is_reserved or address in _RELAYS)
