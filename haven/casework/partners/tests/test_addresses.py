"""Nothing is sent to the inside of a network, however the address is written."""

import socket

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings

from haven.casework.partners import addresses
from haven.casework.partners.addresses import AddressRefused, is_public, looked_at

INSIDE = [
    "127.0.0.1", "127.8.8.8", "10.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.1.1", "0.0.0.0",  # noqa: S104
    "255.255.255.255",
    "169.254.169.254", "100.64.0.1", "100.100.100.200", "192.0.0.192", "192.0.2.1", "198.18.0.1", "198.51.100.7",
    "203.0.113.9", "224.0.0.1", "240.0.0.1", "168.63.129.16", "192.88.99.1",
    "::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1", "fd00:ec2::254", "ff02::1", "fec0::1", "2001:db8::1",
    "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:169.254.169.254", "::127.0.0.1", "64:ff9b::a00:1",
    "64:ff9b:1::a00:1", "2002:7f00:1::", "2001:0:7f00:1::", "100::1", "nonsense",
]  # fmt: skip


@pytest.mark.parametrize("number", INSIDE)
def test_a_number_inside_a_network_is_not_public(number: str) -> None:
    assert not is_public(number)


@pytest.mark.parametrize("number", ["8.8.8.8", "51.140.1.1", "2a00:1450:4009::1", "::ffff:8.8.8.8"])
def test_a_number_on_the_internet_is_public(number: str) -> None:
    assert is_public(number)


@given(st.ip_addresses(v=4, network="10.0.0.0/8") | st.ip_addresses(v=4, network="100.64.0.0/10"))
def test_a_private_number_stays_private_inside_ipv6(number: object) -> None:
    assert not is_public(f"::ffff:{number}")


@pytest.mark.parametrize(
    "url",
    [
        "http://example.org/", "ftp://example.org/", "https://", "https:///x", "//example.org", "example.org",
        "https://user:pass@example.org/",  # pragma: allowlist secret
        "https://user@example.org/", "https://example.org/#x",
        "https://example.org:22/",
        "https://example.org:99999/", "https://example.org:80/", "https://exa mple.org/",
        "https://example.org/\r\nHost: x",
        "https://example.org/" + "x" * 300, "gopher://example.org", "file:///etc/passwd", "https://[::1",
        "https://127.0.0.1/", "https://0x7f000001/", "https://2130706433/", "https://127.1/", "https://[::1]/",
        "https://[::ffff:169.254.169.254]/", "https://localhost/", "https://169.254.169.254/latest/meta-data/",
        "https://0177.0.0.1/", "https://no-such-name.invalid/",
    ],
)  # fmt: skip
def test_such_an_address_is_refused(url: str) -> None:
    with pytest.raises(AddressRefused):
        looked_at(url)


def answers(*numbers: str):
    rows = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (number, 443)) for number in numbers]
    return lambda *args, **facts: rows


def test_a_name_of_which_one_number_is_inside_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(addresses.socket, "getaddrinfo", answers("8.8.8.8", "10.0.0.1"))

    with pytest.raises(AddressRefused, match="inside a network"):
        looked_at("https://two-faced.example.org/")


def test_what_was_looked_at_is_where_the_connection_goes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(addresses.socket, "getaddrinfo", answers("8.8.8.8"))
    place = looked_at("https://example.org:8443/in?key=1")
    monkeypatch.setattr(addresses.socket, "getaddrinfo", answers("127.0.0.1"))

    assert (place.ip, place.port, place.path, place.host_header) == ("8.8.8.8", 8443, "/in?key=1", "example.org:8443")


def test_this_machine_is_told_only_where_the_settings_say_so(settings: Settings) -> None:
    settings.WEBHOOKS_TO_THIS_MACHINE = True
    assert looked_at("http://127.0.0.1:9/").ip == "127.0.0.1"

    settings.WEBHOOKS_TO_THIS_MACHINE = False
    with pytest.raises(AddressRefused):
        looked_at("http://127.0.0.1:9/")
