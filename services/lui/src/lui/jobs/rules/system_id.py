"""The ids people read to each other."""

from datetime import date


def letters(number: int) -> str:
    """A, B, … Z, AA, AB, … as spreadsheets name columns; 1 is A."""
    text = ""
    while number > 0:
        number, rest = divmod(number - 1, 26)
        text = chr(ord("A") + rest) + text
    return text


def system_id(day: date, number: int) -> str:
    """`YYMMDD` and the letters of the day's `number`th job."""
    return f"{day:%y%m%d}{letters(number)}"


def reference(prefix: str | None, system_id: str) -> str:
    """How people write a job's id: with its prefix and a hyphen in front."""
    return f"{prefix}-{system_id}" if prefix else system_id
