"""Asks running processes whether they answer and are ready."""

import asyncio
from collections.abc import Awaitable, Callable

import psycopg

from local_stack.layout import LOOPBACK

Probe = Callable[[], Awaitable[bool]]

_ANSWER_SECONDS = 2.0
_FAILURES = (OSError, TimeoutError, ValueError, asyncio.IncompleteReadError)


async def _first_line(port: int, question: bytes) -> bytes:
    async with asyncio.timeout(_ANSWER_SECONDS):
        reader, writer = await asyncio.open_connection(LOOPBACK, port)
        try:
            writer.write(question)
            return await reader.readline()
        finally:
            writer.close()


def http(port: int, path: str) -> Probe:
    """Ready when `GET path` is answered with 200."""

    async def probe() -> bool:
        question = f"GET {path} HTTP/1.1\r\nHost: {LOOPBACK}:{port}\r\nConnection: close\r\n\r\n"
        try:
            line = await _first_line(port, question.encode())
        except _FAILURES:
            return False
        return line.split()[1:2] == [b"200"]

    return probe


def greeting(port: int, start: bytes) -> Probe:
    """Ready when the server speaks first and begins so: `INFO` of NATS, `220` of SMTP."""

    async def probe() -> bool:
        try:
            return (await _first_line(port, b"")).startswith(start)
        except _FAILURES:
            return False

    return probe


def postgres(dsn: str) -> Probe:
    """Ready when it lets us in and answers a query."""

    async def probe() -> bool:
        try:
            async with asyncio.timeout(_ANSWER_SECONDS):
                connection = await psycopg.AsyncConnection.connect(dsn, connect_timeout=2)
                async with connection:
                    await connection.execute("SELECT 1")
        except (psycopg.Error, *_FAILURES):
            return False
        return True

    return probe
