"""Where a database is, as people may see it, and where programs on the same machine find the server that has it (D8)."""

import hashlib
import os
import stat
import tempfile
from pathlib import Path

from sqlalchemy import make_url

SECRET = ("password", "sslpassword", "passfile", "sslkey")


def shown(url: str) -> str:
    """A database as people may see it: its file, or its address without its secrets."""
    parts = make_url(url)
    if parts.get_backend_name() == "sqlite":
        return str(parts.database)
    named = parts.set(drivername=parts.get_backend_name()).difference_update_query(SECRET)
    return named.render_as_string(hide_password=True)


def control_socket(url: str) -> Path:
    """Where its server listens for errands: beside the file, or in a folder that is this user's alone."""
    parts = make_url(url)
    if parts.get_backend_name() == "sqlite":
        file = Path(str(parts.database))
        return file.with_name(f"{file.name}.sock")
    return own_folder() / f"{hashlib.sha256(shown(url).encode()).hexdigest()[:16]}.sock"


def own_folder() -> Path:
    """For the sockets of databases that are no files. Not XDG_RUNTIME_DIR: services have none, and with the last log-out it is
    gone, sockets and all."""
    return Path(tempfile.gettempdir()) / f"callboard-{os.getuid()}"


def make_own(folder: Path) -> None:
    """Make it, for its owner alone. PermissionError where somebody else was there first: he would be asked in our place."""
    folder.mkdir(mode=0o700, exist_ok=True)
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.getuid() or found.st_mode & 0o077:
        raise PermissionError(f"{folder} is not this user's alone")
