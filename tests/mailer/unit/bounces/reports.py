"""Our own reports: the structure of each dialect, with invented words, and what each of them says."""

import json
import random
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent / "samples"


@dataclass(frozen=True)
class Said:
    """What a report must be read as."""

    kind: str
    recipients: tuple[tuple[str | None, str, bool], ...]


@cache
def samples(folder: Path = FOLDER) -> dict[str, bytes]:
    """The messages of a folder by name."""
    return {file.stem: file.read_bytes() for file in sorted(folder.glob("*.eml"))}


@cache
def labels(folder: Path = FOLDER) -> dict[str, Said]:
    """What each message of a folder says, from its `labels.json`."""
    read = json.loads((folder / "labels.json").read_text())
    return {
        name: Said(
            label["kind"],
            tuple((each.get("address"), each.get("class", ""), each["permanent"]) for each in label["recipients"]),
        )
        for name, label in read.items()
    }


def with_line_ends(message: bytes, line_end: bytes) -> bytes:
    """The same message with other line ends."""
    return message.replace(b"\r\n", b"\n").replace(b"\r", b"\n").replace(b"\n", line_end)


def mutated(message: bytes, chance: random.Random) -> bytes:
    """A message damaged at a few places: octets changed, stretches lost, doubled or filled."""
    damaged = bytearray(message)
    for _ in range(chance.randint(1, 8)):
        if not damaged:
            break
        start = chance.randrange(len(damaged))
        length = min(len(damaged) - start, chance.choice((1, 1, 2, 8, 64, 512)))
        damage = chance.randrange(6)
        if damage == 0:
            damaged[start] = chance.randrange(256)
        elif damage == 1:
            del damaged[start : start + length]
        elif damage == 2:
            damaged[start:start] = damaged[start : start + length] * chance.randint(1, 40)
        elif damage == 3:
            damaged[start : start + length] = chance.randbytes(length)
        elif damage == 4:
            damaged[start:start] = chance.choice(_TROUBLE)
        else:
            del damaged[start:]
    return bytes(damaged)


_TROUBLE = (
    b"\x00" * 100,
    b"\n\n",
    b"\n--=_tide\n",
    b"\n--=_tide--\n",
    b"Content-Type: multipart/mixed; boundary==_tide\n",
    b"Content-Transfer-Encoding: base64\n",
    b"; charset=utf-16",
    b"=?utf-8?b?//////?=",
    b"<a@" * 500,
    b"@" * 1_000,
    b"550 5.1.1 " * 200,
    b"\xff\xfe",
    b"Final-Recipient: ;;;;\n",
    b"<style>" * 100,
    b"\x1b$B",
)
