"""Postfix's smtp-sink and smtp-source: installed ones, or Debian's package unpacked outside the tree."""

import contextlib
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_CACHE = Path(tempfile.gettempdir()) / f"tutti-postfix-{os.getuid()}"
_SECONDS = 120
_START_SECONDS = 10.0


class PostfixMissing(Exception):
    """Neither installed nor to be had; the text says how to install it."""


@dataclass(frozen=True)
class Program:
    """A program and the environment it needs."""

    path: str
    environment: dict[str, str]


def postfix_program(name: str) -> Program:
    """`smtp-sink` or `smtp-source`. Raises PostfixMissing."""
    found = shutil.which(name) or shutil.which(name, path="/usr/sbin")
    if found:
        return Program(found, dict(os.environ))
    unpacked = _CACHE / "usr/sbin" / name
    if not unpacked.exists():
        _unpack()
    return Program(str(unpacked), {**os.environ, "LD_LIBRARY_PATH": str(_CACHE / "usr/lib/postfix")})


def _unpack() -> None:
    _CACHE.mkdir(mode=0o755, exist_ok=True)
    _run("apt-get", "download", "postfix")
    packages = sorted(_CACHE.glob("postfix_*.deb"))
    if not packages:
        raise PostfixMissing("apt-get download postfix brought nothing; install postfix for smtp-sink and smtp-source")
    _run("dpkg-deb", "--extract", packages[-1].name, ".")


def _run(*command: str) -> None:
    try:
        subprocess.run(command, cwd=_CACHE, check=True, capture_output=True, timeout=_SECONDS)  # noqa: S603
    except (OSError, subprocess.SubprocessError) as error:
        raise PostfixMissing(
            f"`{' '.join(command)}` failed: install Debian's postfix for smtp-sink and smtp-source (none is started)"
        ) from error


@contextlib.contextmanager
def running_smtp_sink(*options: str) -> Iterator[int]:
    """smtp-sink on a free port of loopback; the port."""
    program = postfix_program("smtp-sink")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    user = ["-u", "nobody"] if os.geteuid() == 0 else ["-u", pwd.getpwuid(os.geteuid()).pw_name]
    command = [program.path, *user, "-m", "1000", *options, f"127.0.0.1:{port}", "1000"]
    process = subprocess.Popen(command, env=program.environment, cwd="/", stderr=subprocess.DEVNULL)  # noqa: S603
    try:
        _wait(port, process)
        yield port
    finally:
        process.terminate()
        process.wait(_START_SECONDS)


def _wait(port: int, process: "subprocess.Popen[bytes]") -> None:
    deadline = time.monotonic() + _START_SECONDS
    while True:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        if process.poll() is not None or time.monotonic() > deadline:
            raise PostfixMissing("smtp-sink does not start")
        time.sleep(0.02)


def smtp_source(port: int, *, connections: int, octets: int, messages: int) -> float:
    """Messages a second of `smtp-source -d`: constant text, nothing kept, connections used again."""
    program = postfix_program("smtp-source")
    counts = ["-s", str(connections), "-l", str(octets), "-m", str(messages)]
    began = time.perf_counter()
    subprocess.run(  # noqa: S603
        [program.path, "-d", *counts, f"127.0.0.1:{port}"], env=program.environment, cwd="/", check=True,
        timeout=_SECONDS,
    )  # fmt: skip
    return messages / (time.perf_counter() - began)
