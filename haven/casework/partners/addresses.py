"""Where Haven lets itself be sent: a partner names an address, and it must not be one of ours (SSRF).

A name is resolved once, every address it gives is looked at, and the connection goes to the address that was looked
at: a name that answers differently the second time gains nothing.
"""

import ipaddress
import socket
from dataclasses import dataclass, field
from urllib.parse import SplitResult, urlsplit

from django.conf import settings

from haven.casework.operations.refusals import Refusal

PORTS = (443, 8443)
LONGEST = 300

_Address = ipaddress.IPv4Address | ipaddress.IPv6Address

REFUSED_TOO = tuple(
    ipaddress.ip_network(network)
    for network in (
        "168.63.129.16/32",  # a cloud's own services, at an address that looks like anybody's
        "192.0.0.0/24",  # protocol assignments, one cloud's metadata among them
        "192.88.99.0/24",  # relays from IPv6 to IPv4
        "64:ff9b::/96", "64:ff9b:1::/48", "2001::/23", "2002::/16",  # IPv4 inside IPv6: what is inside is not looked at
        "fec0::/10", "::/96",
    )
)  # fmt: skip
"""Beside all that is not global: private, loopback, link-local (clouds' metadata), shared (CGNAT), reserved."""


class AddressRefused(Refusal):
    """Nothing is sent to this address."""

    field = "webhook_url"


@dataclass(frozen=True)
class Place:
    """An address that may be sent to: the host as named, the numeric address that was looked at, port and path."""

    scheme: str
    host: str
    ip: str
    port: int
    path: str = field(repr=False)

    @property
    def host_header(self) -> str:
        """As the request names it."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port in (80, 443) else f"{host}:{self.port}"


def parsed(url: str) -> SplitResult:
    """The parts of an address, where it has the shape of one we send to: https, a name, a port of ours, no more."""
    if len(url) > LONGEST or any(character <= " " or character > "~" for character in url):
        raise AddressRefused("Give an address of up to 300 plain characters, such as https://example.nhs.uk/haven.")
    try:
        parts, port = urlsplit(url), urlsplit(url).port
    except ValueError as wrong:
        raise AddressRefused("That is not an address. Write it as https://example.nhs.uk/haven.") from wrong
    if not parts.hostname or parts.username is not None or parts.password is not None or parts.fragment:
        raise AddressRefused("Give the address alone, without a name, a password or a mark in it.")
    if parts.scheme != "https" and not _is_here_allowed(parts):
        raise AddressRefused("The address must begin with https://.")
    if (port or 443) not in PORTS and not _is_here_allowed(parts):
        raise AddressRefused("Use port 443 or 8443.")
    return parts


def looked_at(url: str) -> Place:
    """Resolve the address and look at every number it stands for; refused (AddressRefused) where one is not public."""
    parts = parsed(url)
    host = parts.hostname or ""
    port = parts.port or (443 if parts.scheme == "https" else 80)
    numbers = resolve(host, port)
    if not numbers:
        raise AddressRefused("We could not find that address. Check how it is written.")
    if not _is_here_allowed(parts) and not all(is_public(number) for number in numbers):
        raise AddressRefused("That address is inside a network, not on the internet. Nothing is sent there.")
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Place(parts.scheme, host, numbers[0], port, path)


def resolve(host: str, port: int) -> list[str]:
    """Every numeric address of a host, in the order in which they are to be tried."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        return []
    return list(dict.fromkeys(str(where[0]) for *_rest, where in found))


def is_public(number: str) -> bool:
    """A numeric address that anybody on the internet could reach, and that is nobody's inside."""
    try:
        address: _Address = ipaddress.ip_address(number.partition("%")[0])
    except ValueError:
        return False
    if isinstance(address, ipaddress.IPv6Address) and address.ipv4_mapped:
        address = address.ipv4_mapped
    if not address.is_global or address.is_multicast or address.is_reserved or address.is_unspecified:
        return False
    return not any(address.version == network.version and address in network for network in REFUSED_TOO)


def _is_here_allowed(parts: SplitResult) -> bool:
    """For trying: this machine itself, over http and any port, where the settings say so; never in production."""
    return bool(settings.WEBHOOKS_TO_THIS_MACHINE) and parts.hostname in ("127.0.0.1", "localhost")
