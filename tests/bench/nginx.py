"""nginx as the limit: one worker that gives away a pixel or a redirect, with or without its access log."""

import contextlib
import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

from tests.support.engines import free_port

_START_SECONDS = 10.0
_CONFIG = """
{user}
daemon off;
worker_processes 1;
pid {folder}/pid;
error_log {folder}/error.log crit;
events {{ worker_connections 1024; }}
http {{
  access_log {log};
  keepalive_requests 1000000000;
  client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
  server {{
    listen 127.0.0.1:{port} backlog=1024;
    location /o/ {{ empty_gif; }}
    location /c/ {{ return 302 https://example.org/; }}
  }}
}}
"""


class ProgramMissing(Exception):
    """A program of Debian's is not installed; the text says which package brings it."""


def program(name: str, package: str) -> str:
    """Where it is. Raises ProgramMissing."""
    found = shutil.which(name) or shutil.which(name, path="/usr/sbin:/usr/bin:/usr/local/sbin:/usr/local/bin")
    if found is None:
        raise ProgramMissing(f"{name} is missing: apt-get install --no-install-recommends {package} (none is started)")
    return found


@contextlib.contextmanager
def running_nginx(folder: Path, *, with_log: bool) -> Iterator[tuple[int, int]]:
    """Its port and the process id of its worker."""
    folder.mkdir()
    port = free_port()
    log = f"{folder}/access.log combined buffer=64k flush=1s" if with_log else "off"
    user = "user root;" if os.getuid() == 0 else ""
    config = folder / "nginx.conf"
    config.write_text(_CONFIG.format(user=user, folder=folder, log=log, port=port), encoding="utf-8")
    command = [program("nginx", "nginx-light"), "-c", str(config), "-p", str(folder)]
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL)  # noqa: S603
    try:
        _until_it_listens(port)
        yield port, _worker(process.pid)
    finally:
        process.terminate()
        process.wait(_START_SECONDS)


def _until_it_listens(port: int) -> None:
    deadline = time.monotonic() + _START_SECONDS
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.02)
        else:
            return


def _worker(master: int) -> int:
    deadline = time.monotonic() + _START_SECONDS
    while not (children := Path(f"/proc/{master}/task/{master}/children").read_text(encoding="ascii").split()):
        if time.monotonic() > deadline:
            raise RuntimeError("nginx has no worker")
        time.sleep(0.02)
    return int(children[0])
