"""Which names columns may have: they are the merge fields of the content."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

MAX_COLUMNS = 500
MAX_NAME_LENGTH = 64

_LEGAL = re.compile(r"[A-Za-z][A-Za-z0-9_]*")
_ILLEGAL_RUN = re.compile(r"[^A-Za-z0-9_]+")
_LETTERS = str.maketrans({"ß": "ss", "æ": "ae", "Æ": "AE", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L"})


@dataclass(frozen=True)
class Columns:
    """Legal names in file order, with what was done to get them and what stands in the way of using them."""

    names: tuple[str, ...]
    originals: tuple[str, ...]
    """As written in the file; empty where the file has no header."""
    warnings: tuple[str, ...] = ()
    errors: tuple[str, ...] = ()

    def position(self, name: str) -> int | None:
        """Where the column of that name, or with that text in the header, stands; None when there is none."""
        if name in self.names:
            return self.names.index(name)
        return self.originals.index(name) if name in self.originals else None


def numbered_columns(count: int) -> Columns:
    """FIELD1, FIELD2, … for a file without a header."""
    names = tuple(f"FIELD{position}" for position in range(1, count + 1))
    return Columns(names, ("",) * count)


def columns_of_header(header: Sequence[str]) -> Columns:
    """Merge-field names for the cells of a header row.

    Letters, digits and underscore, a letter first: what can be turned into that is, with a warning. Cells
    without a letter or digit, and names used twice (letter case does not count), are errors naming the column.
    """
    names: list[str] = []
    warnings: list[str] = []
    errors: list[str] = []
    for position, cell in enumerate(header, start=1):
        name = _legal_name(cell, position)
        if name is None:
            errors.append(f"column {position} is called {cell!r}: no merge field can be named like that")
            name = f"FIELD{position}"
        elif not cell.strip():
            warnings.append(f"column {position} has no name and is called {name}")
        elif name != cell:
            warnings.append(f"column {position}, {cell!r}, is called {name}")
        names.append(name)
    return Columns(tuple(names), tuple(header), tuple(warnings), (*errors, *_twice(names)))


def _legal_name(cell: str, position: int) -> str | None:
    text = cell.strip()
    if not text:
        return f"FIELD{position}"
    if _LEGAL.fullmatch(text) and len(text) <= MAX_NAME_LENGTH:
        return text
    plain = unicodedata.normalize("NFKD", text.translate(_LETTERS))
    plain = "".join(character for character in plain if not unicodedata.combining(character))
    name = _ILLEGAL_RUN.sub("_", plain).strip("_")[:MAX_NAME_LENGTH]
    if not name:
        return None
    return name if name[0].isalpha() else f"FIELD_{name}"[:MAX_NAME_LENGTH]


def _twice(names: Sequence[str]) -> list[str]:
    first: dict[str, int] = {}
    errors = []
    for position, name in enumerate(names, start=1):
        earlier = first.setdefault(name.lower(), position)
        if earlier != position:
            errors.append(f"columns {earlier} and {position} are both called {name}")
    return errors
