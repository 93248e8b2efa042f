import logging

from aiohttp.http_exceptions import BadHttpMessage

from server import socketlog
from server.socketlog import Complaints, Quiet, ServerLog


def test_t16_nothing_below_a_warning_gets_through(caplog):
    quiet = Quiet(logging.getLogger("quiet"))
    with caplog.at_level(logging.DEBUG):
        quiet.info("packet with a token")
        quiet.debug("another")
        quiet.warning("something is wrong: %s", "x")
        quiet.error("worse")
    assert [record.getMessage() for record in caplog.records] == ["something is wrong: x", "worse"]


def test_t16_complaints_are_limited_and_what_was_held_back_is_counted(caplog, monkeypatch):
    now = 100.0
    monkeypatch.setattr(socketlog.time, "monotonic", lambda: now)
    complaints = Complaints(logging.getLogger("complaints"))
    for _ in range(25):
        complaints.add("192.0.2.1", "not well-formed")
    assert len(caplog.records) == socketlog.LINES
    now += socketlog.WINDOW
    complaints.add("192.0.2.1", "not well-formed")
    assert caplog.records[-1].getMessage() == "bad packet from 192.0.2.1: not well-formed (15 more before it)"


def test_t16_what_is_no_http_is_one_line_without_the_bytes_and_anything_else_is_passed_on(caplog):
    log = ServerLog(logging.getLogger("requests"))
    log.error("Error handling request from %s", "192.0.2.1", exc_info=BadHttpMessage("a token"))
    log.debug("Error handling request from %s", "192.0.2.1", exc_info=BadHttpMessage("a token"))
    log.error("Error handling request from %s", "192.0.2.1", exc_info=ZeroDivisionError())
    assert [line.getMessage() for line in caplog.records] == [
        "bad packet from 192.0.2.1: it is no HTTP", "bad packet from 192.0.2.1: it is no HTTP",
        "Error handling request from 192.0.2.1",
    ]  # fmt: skip
    assert [line.exc_info is not None for line in caplog.records] == [False, False, True]
    assert log.complaints.count == 2
