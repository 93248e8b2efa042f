"""Whose request it is behind proxies (T28)."""

import pytest

from server.address import TrustedProxies, is_loopback, network_of

FORGED, CLIENT, CDN = "6.6.6.6", "198.51.100.7", "203.0.113.1"


def test_t28_without_trust_nobody_can_choose_his_address():
    assert TrustedProxies().client("127.0.0.1", [FORGED]) == "127.0.0.1"


@pytest.mark.parametrize(("hops", "seen"), [("1", CDN), ("2", CLIENT)])
def test_t28_so_many_proxies_are_believed_from_the_right(hops: str, seen: str):
    assert TrustedProxies.parse(hops).client("10.0.0.1", [FORGED, CLIENT, CDN]) == seen


def test_t28_a_header_shorter_than_the_proxies_is_not_believed():
    assert TrustedProxies.parse("2").client("10.0.0.1", [FORGED]) == "10.0.0.1"


def test_t28_named_proxies_are_passed_over_until_the_first_stranger():
    proxies = TrustedProxies.parse("10.0.0.0/8, 203.0.113.1")
    assert proxies.client("10.0.0.1", [FORGED, CLIENT, CDN]) == CLIENT
    assert proxies.client(CLIENT, [FORGED]) == CLIENT


@pytest.mark.parametrize(
    ("proxies", "is_trusted"), [("", False), ("2", True), ("10.0.0.0/8", True), ("10.1.0.0/16", False)]
)
def test_t28_who_is_a_proxy_himself_is_known(proxies: str, is_trusted: bool):
    assert TrustedProxies.parse(proxies).trusts("10.0.0.1") is is_trusted
    assert TrustedProxies.parse("10.0.0.0/8").trusts("") is False


@pytest.mark.parametrize("text", ["-1", "two", "10.0.0.1/8"])
def test_what_is_neither_a_number_nor_addresses_is_refused(text: str):
    with pytest.raises(ValueError, match=r".+"):
        TrustedProxies.parse(text)


def test_only_the_machine_itself_is_loopback():
    assert [is_loopback(each) for each in ("127.0.0.1", "::1", "10.0.0.1", "", "localhost")] == [
        True, True, False, False, False
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("address", "counted_by"),
    [
        ("203.0.113.7", "203.0.113.7"), ("::ffff:203.0.113.7", "203.0.113.7"), ("2001:db8:1:2::7", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:ffff:ffff:ffff:ffff", "2001:db8:1:2::/64"), ("2001:db8:1:3::7", "2001:db8:1:3::/64"),
        ("", ""), ("unknown", "unknown"),
    ],
)  # fmt: skip
def test_a_household_is_counted_as_one(address: str, counted_by: str):
    assert network_of(address) == counted_by
