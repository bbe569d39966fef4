"""Hashing and checking passwords with argon2id, off the event loop and never more at once than the machine bears."""

import asyncio
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import TypeVar

from argon2 import PasswordHasher, Type
from argon2.exceptions import InvalidHashError, VerificationError

from common.contracts.problem import Unavailable
from hub.accounts.rules import normal_password

# Without those that look alike in print: 0 and o, 1 and l and i.
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
_GROUPS_OF_GENERATED = 5

Result = TypeVar("Result")

_HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1, type=Type.ID)


@dataclass(frozen=True)
class Checked:
    """The answer to one password; `rehash` is the hash to store instead when the stored one is of an older strength."""

    right: bool
    rehash: str | None = None


class Passwords:
    """argon2id with 19 MiB, two passes, one lane; a check costs the same whether or not there is a hash to check.

    At most `at_once` computations run (in threads: the library releases the interpreter lock) and at most `waiting`
    more stand in line; whoever comes after gets `Unavailable`.
    """

    def __init__(self, *, at_once: int = 2, waiting: int = 100) -> None:
        self._hasher = _HASHER
        _decoy()
        self._slots = asyncio.Semaphore(at_once)
        self._room = at_once + waiting
        self._inside = 0

    async def hash(self, password: str) -> str:
        """The encoded hash of a password, with a salt of its own."""
        return await self._compute(lambda: self._hasher.hash(normal_password(password)))

    async def check(self, password: str, stored: str | None) -> Checked:
        """Whether the password is the one `stored` was made from; False, after the same work, for None."""
        return await self._compute(lambda: self._check(normal_password(password), stored))

    def _check(self, password: str, stored: str | None) -> Checked:
        try:
            self._hasher.verify(stored or _decoy(), password)
        except (VerificationError, InvalidHashError):
            return Checked(right=False)
        outdated = self._hasher.check_needs_rehash(stored or _decoy())
        return Checked(right=bool(stored), rehash=self._hasher.hash(password) if outdated else None)

    async def _compute(self, work: Callable[[], Result]) -> Result:
        if self._inside >= self._room:
            raise Unavailable("Too many people are signing in at this moment", retry_after_seconds=2)
        self._inside += 1
        try:
            async with self._slots:
                return await asyncio.to_thread(work)
        finally:
            self._inside -= 1


@cache
def _decoy() -> str:
    """What the password of an account that does not exist is compared with; nobody knows what it is made from."""
    return _HASHER.hash(secrets.token_urlsafe(32))


def generate_password() -> str:
    """A random password of 123 bits that can be read aloud: five groups of five letters and digits."""
    groups = ("".join(secrets.choice(_LETTERS) for _ in range(5)) for _ in range(_GROUPS_OF_GENERATED))
    return "-".join(groups)
