"""Asking the domain name system: with a limit on every wait, and knowing "there is none" from "nobody answered"."""

import asyncio
from importlib import import_module
from typing import Protocol

from mailer.config import DnsSettings

_NEVER_THERE = ("test", "invalid", "localhost", "example", "local", "internal")
"""Top-level names that the public domain name system never has (RFC 6761 and others)."""
_LIBRARY = "mailer.dns_library"


class NoRecord(Exception):
    """The domain name system answered: there is no such record."""


class Unanswered(Exception):
    """Nobody could be asked, or nobody answered in time; whether there is a record is not known."""


class _Questions(Protocol):
    async def txt(self, name: str) -> list[str]: ...

    async def mx(self, name: str) -> list[tuple[int, str]]: ...


class Resolver:
    """Asks the configured name servers, or the machine's when none are configured."""

    def __init__(self, settings: DnsSettings) -> None:
        self._settings = settings
        self._questions: _Questions | None = None

    async def txt(self, name: str) -> list[str]:
        """The TXT records of a name, the strings of each joined as RFC 7208, 3.3 wants. Raises NoRecord, Unanswered."""
        return await (await self._ready(name)).txt(name)

    async def mx(self, name: str) -> list[tuple[int, str]]:
        """Preference and host of a domain's mail exchangers, best first. Raises NoRecord, Unanswered."""
        return await (await self._ready(name)).mx(name)

    async def _ready(self, name: str) -> _Questions:
        if not self._settings.name_servers and name.rstrip(".").rpartition(".")[2].lower() in _NEVER_THERE:
            raise NoRecord(name)
        if self._questions is None:
            # Read with the first question, and beside the loop: it takes longer than a process may to start.
            library = await asyncio.to_thread(import_module, _LIBRARY)
            self._questions = library.Questions(self._settings)
        return self._questions
