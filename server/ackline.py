"""The acks of one connection: answered in the order the commands were sent (O6), each after its own events (D3).

A command takes a slot when it is received. A slot that is filled leaves when all before it have left and the connection
has been told everything up to the command's last event, which takes a while where it is still catching up.
"""

import sys
from collections.abc import Callable


class Slot:
    """The place of one answer. `seq` is the last event that must have been told before it."""

    __slots__ = ("on_sent", "packet_id", "payload", "seq")

    def __init__(self, packet_id: int | None) -> None:
        self.packet_id = packet_id
        self.payload: bytes | None = None
        self.seq = 0
        self.on_sent: Callable[[], None] | None = None


class AckLine:
    """A queue of slots. `send(packet_id, payload)` puts an ack out; `position()` is how far the connection was told;
    `size` are the bytes of answers that wait here."""

    __slots__ = ("_position", "_send", "_slots", "size")

    def __init__(self, send: Callable[[int, bytes], None], position: Callable[[], int]) -> None:
        self._send, self._position = send, position
        self._slots: list[Slot] = []  # an empty deque would take 624 bytes of every connection
        self.size = 0

    def __len__(self) -> int:
        return len(self._slots)

    def slot(self, packet_id: int | None) -> Slot:
        """The place of the next answer; None where nobody waits for it."""
        slot = Slot(packet_id)
        self._slots.append(slot)
        return slot

    def fill(self, slot: Slot, payload: bytes, seq: int = 0) -> None:
        """The answer is known."""
        slot.payload, slot.seq = payload, seq
        self.size += len(payload)
        self.flush()

    def close(self) -> None:
        """Whom they are for has gone: they are sent to nobody, and wait for no event."""
        self._send, self._position = _nobody, _end
        self.flush()

    def flush(self) -> None:
        """Send what may leave."""
        slots = self._slots
        while slots and slots[0].payload is not None and slots[0].seq <= self._position():
            slot = slots.pop(0)
            payload = slot.payload or b""
            self.size -= len(payload)
            if slot.packet_id is not None:
                self._send(slot.packet_id, payload)
            if slot.on_sent is not None:
                slot.on_sent()


def _nobody(_: int, __: bytes) -> None:
    """Stands where nobody is left to be answered."""


def _end() -> int:
    """Whoever has gone is told nothing more that an answer could wait for."""
    return sys.maxsize
