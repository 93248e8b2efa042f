"""The lock beside the database: held for life, so that two processes never write the same desks (rule D8).

The fence in every commit would catch the second one too; the lock makes the usual case a clear message at start. Who wants
it knocks: he holds a second lock, the bell, until he has the first, and nobody else takes that meanwhile.
"""

import fcntl
import os
from contextlib import suppress
from pathlib import Path

from stores.errors import Locked, Unreachable

BELL = ".bell"


class FileLock:
    """An exclusive lock on a file; the system gives it back when the process ends, however it ends."""

    def __init__(self, path: Path) -> None:
        self.path, self._bell_path = path, path.with_name(path.name + BELL)
        self._file: int | None = None
        self._bell: int | None = None

    def take(self, *, knock: bool = False) -> None:
        """Take the lock at once or raise Locked; taking it twice is one taking. `knock`: whoever has it is asked for it, and it
        is ours next, until we have it or `release`."""
        if self._file is not None:
            return
        if knock:
            self._ring()
        elif self.is_wanted:
            raise Locked(f"another process is to have {self.path} next")
        self._file = _locked(self.path)
        self._hang_up()

    @property
    def is_wanted(self) -> bool:
        """Whether another process knocks."""
        if self._bell is not None:
            return False
        with suppress(OSError):  # mostly: it is not there, as nobody has ever knocked
            file = os.open(self._bell_path, os.O_RDONLY | os.O_CLOEXEC)
            try:
                # Shared: of two who look neither takes the other for one who knocks.
                fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
            except BlockingIOError:
                return True
            finally:
                os.close(file)
        return False

    def release(self) -> None:
        """Give the lock back; the file stays, as removing it could hand out two locks."""
        if self._file is not None:
            os.close(self._file)
            self._file = None
        self._hang_up()

    def _ring(self) -> None:
        if self._bell is None:
            self._bell = _locked(self._bell_path)

    def _hang_up(self) -> None:
        if self._bell is not None:
            os.close(self._bell)
            self._bell = None


def _locked(path: Path) -> int:
    """The file, open and locked."""
    try:
        file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError as error:
        raise Unreachable(f"{path} cannot be opened: {error.strerror}") from error
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        os.close(file)
        raise Locked(f"another process holds {path}") from error
    return file
