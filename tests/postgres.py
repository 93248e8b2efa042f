"""A PostgreSQL of the test run's own: found on this machine, or installed where the run insists on it (CI), in a folder that
goes at the end, and reached by a Unix socket there. Each test has a database to itself.

initdb and the server refuse to run as root: then they run as another user. They keep what they write as always (fsync).
"""

import os
import pwd
import shutil
import subprocess
import tempfile
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any, Self

import psycopg
import pytest
from sqlalchemy import make_url

FINDER = Path(__file__).parent.parent / "tools" / "postgresql.sh"
MISSING = "There is no PostgreSQL here"
USER = "callboard"
SETTINGS = "-c listen_addresses='' -c max_connections=200 -c shared_buffers=32MB"
PATIENCE = 60


class Cluster:
    """One server with databases in it, and what may happen to it."""

    def __init__(self, programs: Path, **environment: str) -> None:
        self.programs, self.environment = programs, environment
        self.folder = Path(tempfile.mkdtemp(prefix="callboard-pg-"))
        self._numbers = count(1)
        self._as: dict[str, Any] = _somebody_else() if os.getuid() == 0 else {}
        self.own(self.folder)
        initdb = ("--auth=trust", "--encoding=UTF8", "--no-locale", "--no-sync", "--no-instructions")
        self._run("initdb", f"--username={USER}", *initdb, f"--pgdata={self._data}")

    @property
    def _data(self) -> Path:
        return self.folder / "data"

    @property
    def is_running(self) -> bool:
        return self._call("pg_ctl", "status", "-D", self._data)[0] == 0

    def starts(self) -> Self:
        """Serve; from where it was stopped, or stopped by itself."""
        log = self.folder / "log"
        self._run("pg_ctl", "start", "-w", "-D", self._data, "-l", log, "-o", f"{SETTINGS} -k {self.folder}")
        return self

    def stops(self, how: str = "immediate") -> None:
        """`immediate`: as if it were killed, nothing is put in order."""
        self._run("pg_ctl", "stop", "-w", "-D", self._data, "-m", how)

    def goes(self) -> None:
        """With all that was in it."""
        if self.is_running:
            self.stops()
        shutil.rmtree(self.folder, ignore_errors=True)

    def new_database(self, template: str = "template1", name: str = "", more: str = "") -> str:
        """The address of a new database: a copy of this one, which nobody may have open."""
        name = name or f"board_{next(self._numbers)}"
        self.does(f"CREATE DATABASE {name} TEMPLATE {template} {more}")
        return self.url_of(name)

    def url_of(self, name: str) -> str:
        return f"postgresql+psycopg://{USER}@/{name}?host={self.folder}&port=5432"

    @staticmethod
    def name_of(url: str) -> str:
        return str(make_url(url).database)

    def does(self, statement: str, database: str = "postgres") -> list[tuple[Any, ...]]:
        """As its administrator."""
        with psycopg.connect(self.url_of(database).replace("+psycopg", ""), autocommit=True) as connection:
            cursor = connection.execute(statement.encode())
            return cursor.fetchall() if cursor.description else []

    @property
    def socket(self) -> Path:
        """Where it listens."""
        return self.folder / ".s.PGSQL.5432"

    def own(self, path: Path) -> None:
        """Let the server write there."""
        if self._as:
            os.chown(path, self._as["user"], self._as["group"])

    def _run(self, program: str, *arguments: object) -> None:
        code, said = self._call(program, *arguments)
        assert code == 0, said

    def _call(self, program: str, *arguments: object) -> tuple[int, str]:
        # Not to a pipe: the server would hold it open, and its end would never come.
        with (self.folder / "said").open("w+") as said:
            pipes: dict[str, Any] = {"stdin": subprocess.DEVNULL, "stdout": said, "stderr": said, "cwd": self.folder}
            call = [str(self.programs / program), *map(str, arguments)]
            environment = {**os.environ, **self.environment}
            done = subprocess.run(call, env=environment, timeout=PATIENCE, check=False, **pipes, **self._as)
            said.seek(0)
            return done.returncode, said.read()


def _somebody_else() -> dict[str, Any]:
    names = {each.pw_name: each for each in pwd.getpwall()}
    somebody = names.get("postgres") or names["nobody"]
    return {"user": somebody.pw_uid, "group": somebody.pw_gid, "extra_groups": []}


def a_cluster(**environment: str) -> Cluster:
    """It serves, with this in its environment. Without PostgreSQL the test is skipped, or fails where the run insists on it."""
    programs = _programs()
    if programs is None and not os.environ.get("CI"):
        pytest.skip(MISSING)
    assert programs is not None, MISSING
    return Cluster(programs, **environment).starts()


@cache
def _programs() -> Path | None:
    how = ["install"] if os.environ.get("CI") else []
    found = subprocess.run([FINDER, *how], stdout=subprocess.PIPE, check=False, text=True)
    return Path(found.stdout.strip()) if found.returncode == 0 else None


def loud_line(reports: list[Any]) -> str:
    """What to say at the end of a run without PostgreSQL; nothing where no test missed it."""
    skipped = sum(MISSING in str(each.longrepr) for each in reports)
    return f"{MISSING}: {skipped} tests of it were SKIPPED. {FINDER.name} says what to do." if skipped else ""
