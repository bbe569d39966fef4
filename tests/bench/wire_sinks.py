"""Servers for the bench of the wire: one in C that keeps nothing, and one that encrypts."""

import asyncio
import contextlib
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import uvloop

from tests.support.certificates import Authority
from tests.support.smtp_peer import Peer, a_peer

_SOURCE = Path(__file__).with_name("null_sink.c")
_SECONDS = 60


class CompilerMissing(Exception):
    """The null sink cannot be built; the text says what to install."""


@contextlib.contextmanager
def the_null_sink(folder: Path) -> Iterator[Path]:
    """Built by the machine's C compiler."""
    compiler = shutil.which("cc") or shutil.which("gcc") or shutil.which("clang")
    if compiler is None:
        raise CompilerMissing("no C compiler for the null sink: apt-get install gcc libc6-dev")
    program = folder / "null_sink"
    subprocess.run([compiler, "-O2", "-o", str(program), str(_SOURCE)], check=True, timeout=_SECONDS)  # noqa: S603
    yield program


@contextlib.contextmanager
def listening(*command: str) -> Iterator[int]:
    """A program that prints the port it listens on."""
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)  # noqa: S603
    try:
        assert process.stdout is not None
        yield int(process.stdout.readline())
    finally:
        process.terminate()
        process.wait(_SECONDS)
        if process.stdout is not None:
            process.stdout.close()


async def _encrypting() -> None:
    with tempfile.TemporaryDirectory() as folder:
        async with a_peer(Peer(starttls=Authority(Path(folder)).server("localhost"))) as peer:
            sys.stdout.write(f"{peer.port}\n")
            sys.stdout.flush()
            await asyncio.Event().wait()


if __name__ == "__main__":
    uvloop.run(_encrypting())
