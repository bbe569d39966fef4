"""PostgreSQL's array literals.

Some lists hold an entry for every message, and the driver converts a list element by element, in Python.
(PostgreSQL 15, 8.15.2)
"""

from collections.abc import Iterable, Sequence


def numbers(values: Iterable[int]) -> str:
    """Of whole numbers."""
    return "{" + ",".join(map(str, values)) + "}"


def words(values: Sequence[str | None]) -> str:
    """Of texts and NULLs; they may hold anything but NUL."""
    return "{" + ",".join(["NULL" if value is None else _quoted(value) for value in values]) + "}"


def _quoted(value: str) -> str:
    if '"' in value or "\\" in value:
        value = value.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{value}"'
