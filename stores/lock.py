"""The lock beside the database: held for life, so that two processes never write the same desks (rule D8).

The fence in every commit would catch the second one too; the lock makes the usual case a clear message at start.
"""

import fcntl
import os
from pathlib import Path

from stores.errors import Locked, Unreachable


class FileLock:
    """An exclusive lock on a file; the system gives it back when the process ends, however it ends."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._file: int | None = None

    def take(self) -> None:
        """Take the lock at once or raise Locked; taking it twice is one taking."""
        if self._file is not None:
            return
        try:
            file = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        except OSError as error:
            raise Unreachable(f"{self.path} cannot be opened: {error.strerror}") from error
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            os.close(file)
            raise Locked(f"another process holds {self.path}") from error
        self._file = file

    def release(self) -> None:
        """Give the lock back; the file stays, as removing it could hand out two locks."""
        if self._file is not None:
            os.close(self._file)
            self._file = None
