"""Asking for a calendar: only the public Internet, for so long, for so much; real sockets on both sides."""

import time
from ipaddress import ip_address

import pytest

from events.imports.fetching import asking, fetch
from events.imports.fetching.addresses import is_public
from events.imports.problems import CalendarError
from tests.event_imports.sites import calendar, certificates, event, here, sends, site

FEED = calendar(event())


@pytest.fixture
def loopback(settings):
    """Tests serve from this machine: said here, and nowhere else."""
    settings.CALENDARS_MAY_ASK = ["127.0.0.0/8"]

    def allow(*sites) -> None:
        settings.CALENDAR_PORTS = [80, 443, *(one.port for one in sites)]

    return allow


def wrong(address: str, **options) -> str:
    with pytest.raises(CalendarError) as caught:
        fetch(address, **{"resolve": here, **options})
    return caught.value.problem.code


@pytest.mark.parametrize(
    "text",
    [
        "127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "0.0.0.0", "0.1.2.3", "100.64.0.1",
        "224.0.0.1", "239.255.255.250", "240.0.0.1", "255.255.255.255", "192.0.2.1", "198.18.0.1", "192.88.99.1",
        "::", "::1", "fe80::1", "fc00::1", "fd12:3456::1", "ff02::1", "fec0::1", "2001:db8::1", "100::1",
        "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:169.254.169.254", "::127.0.0.1", "64:ff9b::7f00:1",
        "64:ff9b::a00:1", "64:ff9b:1::1", "2002:7f00:1::1", "2002:808:808::1", "2001:0:7f00:1::1", "4000::1",
    ],
)  # fmt: skip
def test_addresses_of_our_own_network_and_of_nobody_are_not_asked(text):
    assert not is_public(ip_address(text))


@pytest.mark.parametrize("text", ["8.8.8.8", "185.60.1.1", "2a00:1450:4007::1", "::ffff:8.8.8.8", "64:ff9b::808:808"])
def test_addresses_of_the_internet_are(text):
    assert is_public(ip_address(text))


@pytest.mark.parametrize(
    ("address", "code"),
    [
        ("file:///etc/passwd", "address"), ("gopher://agenda.example/", "address"), ("agenda", "address"),
        ("http://", "address"), ("http://[::1", "address"), ("http://agenda.example:99999/", "address"),
        ("http://agenda.example:22/", "port"), ("http://agenda.example:6379/", "port"),
        ("https://moi:secret@agenda.example/", "login_in_address"), ("http://127.0.0.1/a.ics", "private"),
        ("http://[::1]/a.ics", "private"), ("http://[::ffff:7f00:1]/", "private"), ("http://2130706433/", "private"),
        ("http://0x7f.1/", "private"), ("http://localhost/", "private"),
    ],
)  # fmt: skip
def test_an_address_that_is_not_for_us_is_refused_before_anything_is_sent(address, code):
    with pytest.raises(CalendarError) as caught:
        fetch(address)
    assert caught.value.problem.code == code


def test_a_name_that_leads_to_this_machine_is_refused_unless_a_setting_allows_it(settings):
    with site(sends(FEED)) as one:
        settings.CALENDAR_PORTS = [one.port]
        assert wrong(one.address()) == "private"
        assert one.asked == []
        settings.CALENDARS_MAY_ASK = ["127.0.0.0/8"]
        assert fetch(one.address(), resolve=here).content == FEED


def test_one_private_address_among_public_ones_spoils_the_name(settings):
    assert wrong("http://agenda.example/", resolve=lambda host, port: ["8.8.8.8", "10.0.0.1"]) == "private"


def test_the_name_is_resolved_once_and_the_checked_address_is_the_one_connected_to(loopback):
    """Rebinding: a second answer, which would lead elsewhere, is never asked for."""
    answers = [["127.0.0.1"], ["10.0.0.1"]]
    asked = []

    def changing(host, port):
        asked.append(host)
        return answers[len(asked) - 1]

    with site(sends(FEED)) as one:
        loopback(one)
        assert fetch(one.address(), resolve=changing).content == FEED
    assert asked == ["agenda.example"]
    assert one.asked[0][1]["Host"] == f"agenda.example:{one.port}"


def test_where_a_site_sends_us_on_is_checked_anew(loopback):
    with site(sends(FEED)) as end, site(sends(b"", 302, Location="http://interne.example/")) as start:
        loopback(end, start)
        to_private = {"agenda.example": ["127.0.0.1"], "interne.example": ["10.0.0.1"]}
        assert wrong(start.address(), resolve=lambda host, port: to_private[host]) == "private"
        start.answer = sends(b"", 301, Location="file:///etc/passwd")
        assert wrong(start.address()) == "address"
        start.answer = sends(b"", 301, Location="http://agenda.example:22/")
        assert wrong(start.address()) == "port"
        start.answer = sends(b"", 308, Location=end.address("/autre.ics?cle=a%20b"))
        assert fetch(start.address(), resolve=here).content == FEED
    assert end.asked[0][0] == "/autre.ics?cle=a%20b"


def test_a_site_that_sends_us_round_and_round_is_left(loopback):
    with site(sends(b"", 302, Location="/encore.ics")) as one:
        loopback(one)
        assert wrong(one.address()) == "redirects"
    assert len(one.asked) == asking.MOST_REDIRECTS + 1


def test_what_is_too_large_is_left_where_it_stops(loopback, monkeypatch):
    monkeypatch.setattr(asking, "MOST_BYTES", 100_000)

    def endless(handler):
        handler.send_response(200)
        handler.end_headers()
        while True:
            handler.wfile.write(b"x" * 50_000)

    with site(endless) as one:
        loopback(one)
        assert wrong(one.address()) == "too_large"


@pytest.mark.parametrize("part", ["headers", "body"])
def test_a_site_that_sends_a_byte_now_and_then_is_left_in_the_end(loopback, part):
    def dripping(handler):
        if part == "body":
            handler.send_response(200)
            handler.end_headers()
        for _byte in range(200):
            handler.wfile.write(b"a")
            time.sleep(0.05)

    with site(dripping) as one:
        loopback(one)
        started = time.monotonic()
        assert wrong(one.address(), seconds=0.6) == "slow"
        assert time.monotonic() - started < 5


def test_a_file_that_unfolds_into_much_more_is_not_opened(loopback):
    with site(sends(b"\x1f\x8b", Content_Encoding="gzip")) as one:
        loopback(one)
        assert wrong(one.address()) == "compressed"


@pytest.mark.parametrize("status", [401, 403, 404, 500, 206])
def test_an_error_of_the_site_is_told(loopback, status):
    with site(sends(b"", status)) as one:
        loopback(one)
        assert wrong(one.address()) == "status"


def test_a_site_that_is_not_there(loopback):
    with site(sends(FEED)) as one:
        loopback(one)
        address = one.address()
    assert wrong(address) == "unreachable"
    with pytest.raises(CalendarError) as caught:
        fetch("http://nulle-part.invalid/")
    assert caught.value.problem.code == "unknown_host"


def test_the_certificate_is_that_of_the_name_though_we_connect_to_the_address(loopback, tmp_path):
    server, client = certificates(tmp_path, "agenda.example")
    with site(sends(FEED), server) as one:
        loopback(one)
        assert fetch(one.address(scheme="https"), resolve=here, tls=client).content == FEED
        assert wrong(one.address(host="autre.example", scheme="https"), tls=client) == "certificate"
        assert wrong(one.address(scheme="https")) == "certificate"


def test_a_site_is_asked_whether_something_changed(loopback):
    with site(sends(FEED, ETag='"7"', Last_Modified="Mon, 02 Nov 2026 10:00:00 GMT")) as one:
        loopback(one)
        first = fetch(one.address(), resolve=here)
        one.answer = sends(b"", 304)
        again = fetch(one.address(), resolve=here, etag=first.etag, changed=first.changed)
    assert again.content is None
    assert one.asked[1][1]["If-None-Match"] == '"7"'
    assert "Cookie" not in one.asked[1][1]
