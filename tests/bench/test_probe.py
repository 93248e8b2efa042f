import socket
import threading

from bench.probe import BLOCKED_S, Probe, Waits

ANSWER = b"HTTP/1.1 204 No Content\r\n\r\n"


def test_only_waits_over_50_ms_count_as_blocked():
    waits = Waits([0.001, 0.060, 0.040, 0.200])
    assert waits.longest == 0.2
    assert round(waits.blocked, 3) == 0.26


def test_a_server_that_holds_an_answer_back_is_noticed():
    held, going = threading.Event(), threading.Event()

    def serve(listening: socket.socket) -> None:
        stream, _ = listening.accept()
        with stream:
            for number in range(1_000_000):
                if not stream.recv(1000):
                    return
                if number == 3:
                    held.wait(BLOCKED_S * 2)
                stream.sendall(ANSWER)
                if number == 5:
                    going.set()

    with socket.create_server(("127.0.0.1", 0)) as listening:
        server = threading.Thread(target=serve, args=(listening,))
        server.start()
        with Probe(listening.getsockname()[1], "/") as probe:
            assert going.wait(10)
        server.join(10)
    assert probe.waits.longest >= BLOCKED_S * 2
    assert len(probe.waits.seconds) >= 6
