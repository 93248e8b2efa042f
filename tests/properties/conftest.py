"""Days at a desk on SQLite, and the same days on PostgreSQL."""

from collections.abc import Callable
from pathlib import Path

import pytest
from premises import Place, copy_of


@pytest.fixture(params=["sqlite", "postgresql"])
def new_place(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[], Place]:
    """Makes a copy of the furnished database."""
    if request.param == "sqlite":
        furnished = request.getfixturevalue("furnished")
        return lambda: copy_of(furnished, tmp_path)
    copies: Callable[[], Place] = request.getfixturevalue("furnished_postgres")
    return copies
