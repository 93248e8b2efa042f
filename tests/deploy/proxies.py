"""A real nginx before a server, as deploy/nginx.conf documents it, with the ports and the certificate of a test."""

import asyncio
import os
import re
import ssl
import subprocess
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import cache
from getpass import getuser
from pathlib import Path

from network import PATIENCE, free_port

ROOT = Path(__file__).parents[2]
DOCUMENTED, FINDER = ROOT / "deploy" / "nginx.conf", ROOT / "tools" / "nginx.sh"
NAME = "localhost"  # browsers take cookies for it as for any other name

# What stands between the two: it only passes on, appending the address that it sees, as a host's balancer does.
INNER = """
server {{
    listen 127.0.0.1:{port};
    client_max_body_size 1m;
    location / {{
        proxy_pass http://{target};
        proxy_http_version 1.1;
        proxy_set_header Host $http_host;
        proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
        proxy_set_header Upgrade $http_upgrade;
        proxy_set_header Connection $callboard_connection;
        proxy_read_timeout 75s;
        proxy_next_upstream error timeout http_503;
    }}
}}
"""

FRAME = """
daemon off;
user {user};
worker_processes 1;
pid {folder}/nginx.pid;
error_log {folder}/error.log warn;
events {{ worker_connections 1024; }}
http {{
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include {folder}/callboard.conf;
    {inner}
}}
"""


@dataclass(frozen=True)
class Certificate:
    """Signed by itself; `trust` is what a client needs that believes it."""

    certificate: Path
    key: Path

    @property
    def trust(self) -> ssl.SSLContext:
        return ssl.create_default_context(cafile=str(self.certificate))

    @property
    def shown(self) -> ssl.SSLContext:
        """What a server needs that shows it."""
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(self.certificate, self.key)
        return context


async def self_signed(folder: Path) -> Certificate:
    """One for NAME and loopback."""
    made = Certificate(folder / "certificate.pem", folder / "key.pem")
    process = await asyncio.create_subprocess_exec(
        "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "1",
        "-subj", f"/CN={NAME}", "-addext", f"subjectAltName=DNS:{NAME},IP:127.0.0.1",
        "-keyout", str(made.key), "-out", str(made.certificate),
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip
    _, complaint = await process.communicate()
    assert process.returncode == 0, complaint
    return made


@dataclass(frozen=True)
class Front:
    """Where people reach the server, through so many proxies."""

    port: int
    certificate: Certificate
    hops: int

    @property
    def url(self) -> str:
        return f"https://{NAME}:{self.port}"

    @property
    def environment(self) -> dict[str, str]:
        """What the server is to be told of the proxies."""
        return {"PUBLIC_URL": self.url, "TRUSTED_PROXIES": str(self.hops)}


def documented(front: Front, targets: Sequence[str]) -> str:
    """The documented example with what it leaves open filled in, and with nothing else changed."""
    places = "\n".join(f"    server {target} max_fails=0;" for target in targets)
    text = re.sub(r"(    server 127\.0\.0\.1:800\d max_fails=0;\n)+", places + "\n", DOCUMENTED.read_text())
    text = text.replace("listen 80;", f"listen 127.0.0.1:{free_port()};")
    text = text.replace("listen 443 ssl http2;", f"listen 127.0.0.1:{front.port} ssl http2;")
    text = text.replace("/etc/ssl/board.example.org.pem", str(front.certificate.certificate))
    text = text.replace("/etc/ssl/board.example.org.key", str(front.certificate.key))
    return text.replace("board.example.org", NAME)


@asynccontextmanager
async def nginx(folder: Path, ports: Sequence[int], hops: int, port: int | None = None) -> AsyncIterator[Front]:
    """A running nginx: the documented one before those ports, or with a second one between (`hops` 2)."""
    front = Front(port or free_port(), await self_signed(folder), hops)
    configuration = _written(folder, front, [f"127.0.0.1:{port}" for port in ports])
    process = await asyncio.create_subprocess_exec(str(program()), "-p", str(folder), "-c", str(configuration))
    try:
        await _listens(front.port, process)
        yield front
    finally:
        if process.returncode is None:
            process.terminate()
        await process.wait()


def _written(folder: Path, front: Front, targets: Sequence[str]) -> Path:
    """The files that nginx reads; the one that it begins with."""
    inner = ""
    if front.hops == 2:
        between = free_port()
        places = "".join(f"server {target} max_fails=0; " for target in targets)
        inner = f"upstream places {{ {places} }}" + INNER.format(port=between, target="places")
        targets = [f"127.0.0.1:{between}"]
    (folder / "callboard.conf").write_text(documented(front, targets))
    begun = folder / "nginx.conf"
    begun.write_text(FRAME.format(folder=folder, inner=inner, user=getuser()))
    return begun


@cache
def program() -> str | None:
    """nginx; None where there is none. Where the run insists on it (CI), it is installed."""
    how = ["install"] if os.environ.get("CI") else []
    found = subprocess.run([FINDER, *how], stdout=subprocess.PIPE, check=False, text=True)
    return found.stdout.strip() or None


async def _listens(port: int, process: asyncio.subprocess.Process) -> None:
    async with asyncio.timeout(PATIENCE):
        while True:
            assert process.returncode is None, "nginx has ended; its complaints are above"
            try:
                _, writer = await asyncio.open_connection("127.0.0.1", port)
            except ConnectionRefusedError:
                await asyncio.sleep(0.02)
                continue
            writer.close()
            return
