import json

import pytest

from server.packets import (
    BadPacket,
    ack,
    binary_wire,
    connect_ack,
    connect_error,
    control,
    foreign_namespace,
    frame,
    loads,
    read_connect,
    read_event,
    texts,
    wire,
)


def test_a_frame_is_the_websocket_frame_of_the_text_packet():
    made = frame("call_assigned", b'{"id":"1"}', b"[2]")
    assert made == wire(b'42["call_assigned",{"id":"1"},[2]]')


@pytest.mark.parametrize("size", [0, 1, 125, 126, 65535, 65536, 100_000])
def test_o1_joined_frames_are_one_piece_that_can_be_taken_apart_again(size):
    piece = frame("a", b"1") + wire(b"x" * size) + frame("b", b"2")
    assert texts(piece) == [b'42["a",1]', b"x" * size, b'42["b",2]']
    assert texts(b"") == []


def test_a_frame_without_arguments_and_with_a_name_that_needs_escapes():
    assert frame('say "é"') == wire('42["say \\"é\\""]'.encode())


@pytest.mark.parametrize("size", [0, 1, 125, 126, 65535, 65536, 100_000])
def test_a_wire_is_one_unmasked_text_frame_of_any_length(size):
    text = b"x" * size
    wired = wire(text)
    assert wired[0] == 0x81
    short = wired[1]
    sizes = {126: wired[2:4], 127: wired[2:10]}
    assert (int.from_bytes(sizes[short], "big") if short in sizes else short) == size
    assert texts(wired) == [text]


def test_a_control_frame_is_no_text():
    assert control(9) == b"\x89\x00"
    assert control(10, b"there?") == b"\x8a\x06there?"


def test_t11_binary_content_is_text_in_a_poll_response():
    wired = binary_wire(b"\x00\xff")
    assert wired == b"\x82\x02\x00\xff"
    assert texts(wired + wire(b"2")) == [b"bAP8=", b"2"]


def test_acks_and_answers_to_connect():
    assert ack(12, b'{"ok":true}') == b'4312[{"ok":true}]'
    assert connect_ack("abc") == b'40{"sid":"abc"}'
    assert json.loads(connect_error("No", {"code": "x"})[2:]) == {"message": "No", "data": {"code": "x"}}
    assert connect_error("No", None, "/a,").startswith(b"44/a,{")


def test_an_event_is_read_with_and_without_an_ack_id():
    assert read_event('42["a",1,{"b":2}]') == (None, "a", [1, {"b": 2}])
    assert read_event('420["a"]') == (0, "a", [])
    assert read_event('42/,17["a"]') == (17, "a", [])


@pytest.mark.parametrize(
    ("text", "packet_id", "fatal"),
    [
        ('4213{"a":[1]}', 13, False),
        ("4213", 13, False),
        ("42", None, True),
        ("42[]", None, False),
        ('42/admin,1["a"]', None, True),
        ('421234567890123456["a"]', None, True),
        ('42\u0661["a"]', None, True),
        ('425["a",NaN]', 5, False),
        ('42["a",NaN]', None, True),
        ('425["connect"]', 5, False),
        ('425["on_message"]', 5, False),
    ],
)
def test_t3_t4_a_bad_event_says_whom_to_answer_and_whether_to_go_on(text, packet_id, fatal):
    with pytest.raises(BadPacket) as refused:
        read_event(text)
    assert (refused.value.packet_id, refused.value.fatal) == (packet_id, fatal)


def test_t13_a_reader_that_never_yields_what_is_not_a_number():
    for text in ("NaN", "[Infinity]", '{"a":-Infinity}', "1e999", "-1e999"):
        with pytest.raises(ValueError, match=r"is not JSON|beyond all bounds"):
            loads(text)


def test_t14_what_orjson_refuses_but_json_allows_is_read():
    assert loads('["\\ud800"]') == ["\ud800"]
    assert loads("1" * 400) == int("1" * 400)
    assert loads('["\\ud800",1.5]') == ["\ud800", 1.5]


def test_connect_with_and_without_auth():
    assert read_connect("40") is None
    assert read_connect('40{"token":"x"}') == {"token": "x"}
    assert read_connect('40/,{"token":"x"}') == {"token": "x"}
    with pytest.raises(BadPacket):
        read_connect("40{")


def test_the_namespace_of_a_packet():
    assert foreign_namespace("40{}") == ""
    assert foreign_namespace("40/,{}") == ""
    assert foreign_namespace("40/?a=b,{}") == ""
    assert foreign_namespace("40/admin,{}") == "/admin,"
    assert foreign_namespace("40/admin") == "/admin,"
