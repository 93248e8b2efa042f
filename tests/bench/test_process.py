import sys
from pathlib import Path

import pytest

from bench.process import ServerError, started

SERVE = """
import os, sys
from http.server import HTTPServer, SimpleHTTPRequestHandler
HTTPServer(("127.0.0.1", int(os.environ["PORT"])), SimpleHTTPRequestHandler).serve_forever()
"""


def test_a_program_serves_while_the_context_lasts_and_is_gone_with_its_folder():
    with started([sys.executable, "-c", SERVE], ready="/") as server:
        assert server.resident() > 2**20
        assert server.cpu() >= 0
        assert server.descriptors() > 2
        assert server.folder.is_dir()
    assert not server.folder.exists()
    assert not Path(f"/proc/{server.pid}").exists()


def test_port_and_folder_are_filled_in():
    say = "import os, sys; print(sys.argv[1], os.environ['PORT'], os.environ['PLACE'], flush=True)" + SERVE
    with started([sys.executable, "-c", say, "{port}"], {"PLACE": "sqlite:///{folder}/x.db"}, "/") as server:
        said = Path(server.folder, "program.log").read_text().split()[:3]
    assert said == [str(server.port), str(server.port), f"sqlite:///{server.folder}/x.db"]


def test_a_program_that_does_not_start_says_why():
    with (
        pytest.raises(ServerError, match="no such thing"),
        started([sys.executable, "-c", "raise SystemExit('no such thing')"]),
    ):
        pass
