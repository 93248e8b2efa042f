"""The doors as clients use them: one file each, all behind `torture.doors.door.Door`."""

from torture.doors.door import Door
from torture.doors.plain import PlainDoor
from torture.doors.polling import PollingDoor
from torture.doors.sockets import SocketPollingDoor, SocketWebSocketDoor
from torture.doors.stream import StreamDoor

DOORS: tuple[type[Door], ...] = (SocketWebSocketDoor, SocketPollingDoor, PlainDoor, StreamDoor, PollingDoor)
"""Every way to hear events."""
