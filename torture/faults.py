"""What the disk and the clock do wrong to the server: a library that comes before the C library, told at run time.

`faults.c` beside this file is compiled once per run and loaded into the server (LD_PRELOAD). Both map one small file:
here it is written what goes wrong, there it is read at every call. Besides, the system keeps little for the server's clients:
4 MB each, as it would, hide from it that somebody does not read. Where this cannot be done, on a system other than Linux
or without a C compiler, `available` is False and nothing ever goes wrong.
"""

import ctypes
import mmap
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

SOURCE = Path(__file__).with_name("faults.c")
NANO, MICRO = 1_000_000_000, 1_000_000
ENDLESS = -1


class Told(ctypes.Structure):
    """What the library reads; `struct told` in faults.c is the same."""

    _fields_ = (
        ("room", ctypes.c_int64), ("read_only", ctypes.c_int64), ("fsync_fails", ctypes.c_int64),
        ("fsync_us", ctypes.c_int64), ("clock_ns", ctypes.c_int64),
    )  # fmt: skip


class Faults:
    """Faults of one server whose files are below `below`. The library and the file that controls it lie in `folder`."""

    def __init__(self, folder: Path, below: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._library, self._control, self._below = folder / "faults.so", folder / "faults.told", below
        self.available = _compiled(self._library)
        self._control.write_bytes(bytes(ctypes.sizeof(Told)))
        with self._control.open("r+b") as file:
            self._told = Told.from_buffer(mmap.mmap(file.fileno(), 0))
        self.calm()

    @property
    def environment(self) -> Mapping[str, str]:
        """What the server's environment must say; empty where no faults are to be had."""
        if not self.available:
            return {}
        return {
            "LD_PRELOAD": str(self._library),
            "CALLBOARD_FAULTS": str(self._control),
            "CALLBOARD_FAULTS_BELOW": str(self._below.resolve()),
        }

    def disk_full(self, room: int = 0) -> None:
        """ENOSPC for whatever is written, after so many bytes more."""
        self._told.room = room

    def read_only(self) -> None:
        """EROFS for writing, for opening in order to write, and for removing."""
        self._told.read_only = 1

    def fsync_slow(self, seconds: float) -> None:
        """Each fsync takes so much longer."""
        self._told.fsync_us = int(seconds * MICRO)

    def fsync_fails(self) -> None:
        """EIO from each fsync, although everything is on the disk: what failed may yet be there after a crash."""
        self._told.fsync_fails = 1

    def clock(self, offset_s: float) -> None:
        """The wall clock is off by so much, against the machine's; the monotonic one is right."""
        self._told.clock_ns = int(offset_s * NANO)

    def mend_disk(self) -> None:
        """The disk is well again; the clock stays where it is."""
        self._told.room, self._told.read_only, self._told.fsync_fails, self._told.fsync_us = ENDLESS, 0, 0, 0

    def calm(self) -> None:
        """Nothing is wrong any more."""
        self.mend_disk()
        self.clock(0)


def _compiled(library: Path) -> bool:
    compiler = next(filter(None, map(shutil.which, ("cc", "gcc", "clang"))), None)
    if compiler is None or not sys.platform.startswith("linux"):
        return False
    build = [compiler, "-shared", "-fPIC", "-O1", "-o", str(library), str(SOURCE), "-ldl"]
    return subprocess.run(build, capture_output=True, check=False).returncode == 0  # noqa: S603  # our own compiler call
