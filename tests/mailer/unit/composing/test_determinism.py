"""The same octets for an envelope on every attempt, in every process, on any day, in any place."""

import os
import subprocess
import sys
from pathlib import Path

from mailer.signing.keys import SigningKey
from tests.mailer.unit.composing.digest_of_many import KEYS, digest

ROOT = Path(__file__).parents[4]


PLACES = (
    {"PYTHONHASHSEED": "1", "TZ": "Pacific/Kiritimati", "LC_ALL": "C"},
    {"PYTHONHASHSEED": "2", "TZ": "America/St_Johns", "LANG": "tr_TR.UTF-8"},
)


def elsewhere(count: int, keys: str, place: dict[str, str]) -> str:
    """The digest as another process finds it, one in which looking at a clock fails."""
    command = [sys.executable, "-m", "tests.mailer.unit.composing.digest_of_many", str(count)]
    found = subprocess.run(  # noqa: S603
        command, cwd=ROOT, env={**os.environ, **place, KEYS: keys}, capture_output=True, text=True, check=True
    )
    return found.stdout.strip()


def test_ten_thousand_messages_are_the_same_in_another_process_on_another_day() -> None:
    here = digest(10_000)
    assert [elsewhere(10_000, "", place) for place in PLACES] == [here, here]


def test_signatures_of_both_kinds_are_the_same_too() -> None:
    keys = " ".join(SigningKey.generate(kind).octets().hex() for kind in ("rsa-2048", "ed25519"))
    here = digest(200, keys)
    assert here != digest(200)
    assert [elsewhere(200, keys, place) for place in PLACES] == [here, here]
