import asyncio
import re

import pytest
from argon2 import PasswordHasher

from common.contracts.problem import Unavailable
from hub.accounts.passwords import Passwords, generate_password


async def test_a_password_is_right_or_wrong() -> None:
    passwords = Passwords()
    stored = await passwords.hash("correct horse battery")
    assert (await passwords.check("correct horse battery", stored)).right
    assert not (await passwords.check("correct horse batterY", stored)).right
    assert not (await passwords.check("", stored)).right


async def test_hashes_are_argon2id_of_the_promised_strength() -> None:
    assert (await Passwords().hash("correct horse battery")).startswith("$argon2id$v=19$m=19456,t=2,p=1$")


async def test_the_same_password_never_hashes_the_same() -> None:
    passwords = Passwords()
    assert await passwords.hash("correct horse battery") != await passwords.hash("correct horse battery")


async def test_a_hash_of_another_strength_is_replaced_when_the_password_is_known() -> None:
    weaker = PasswordHasher(time_cost=1, memory_cost=8_192, parallelism=1).hash("correct horse battery")
    passwords = Passwords()
    checked = await passwords.check("correct horse battery", weaker)
    assert checked.right
    assert checked.rehash is not None
    assert (await passwords.check("correct horse battery", checked.rehash)).rehash is None
    assert (await passwords.check("wrong horse battery", weaker)).rehash is None


@pytest.mark.parametrize("stored", [None, "", "0e462097431906509019562988736854", "$argon2id$nonsense"])
async def test_without_a_usable_hash_every_password_is_wrong(stored: str | None) -> None:
    assert not (await Passwords().check("240610708", stored)).right


async def test_composed_and_decomposed_letters_are_the_same_password() -> None:
    passwords = Passwords()
    stored = await passwords.hash("caf\u00e9 au lait")
    assert (await passwords.check("cafe\u0301 au lait", stored)).right


async def test_a_crowd_is_sent_away_instead_of_kept_waiting() -> None:
    passwords = Passwords(at_once=1, waiting=1)
    answers = await asyncio.gather(*(passwords.hash("correct horse") for _ in range(5)), return_exceptions=True)
    assert len([answer for answer in answers if isinstance(answer, Unavailable)]) == 3
    assert (await passwords.hash("correct horse")).startswith("$argon2id$")


def test_a_generated_password_can_be_read_aloud() -> None:
    assert re.fullmatch(r"([a-hjkmnp-z2-9]{5}-){4}[a-hjkmnp-z2-9]{5}", generate_password())
    assert generate_password() != generate_password()
