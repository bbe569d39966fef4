"""What a group may be called, and when two names are the same."""

import unicodedata

from common.contracts.problem import Invalid

NAME_LIMIT = 64


def name_key(name: str) -> str:
    """The form in which names are compared: case, width and runs of spaces do not tell two names apart."""
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


def clean_name(name: str, *, pointer: str) -> str:
    """The name without outer or doubled spaces.

    Raises `Invalid` at `pointer` when nothing is left, when it is longer than 64 characters, or when it holds a
    character that cannot be seen, with which one name could pass for another.
    """
    cleaned = " ".join(word for word in unicodedata.normalize("NFC", name).split(" ") if word)
    if not cleaned:
        raise Invalid((pointer, "A name is needed"))
    if len(cleaned) > NAME_LIMIT:
        raise Invalid((pointer, f"A name has at most {NAME_LIMIT} characters"))
    if any(unicodedata.category(character)[0] in "CZ" and character != " " for character in cleaned):
        raise Invalid((pointer, "A name may not hold line breaks, tabs or invisible characters"))
    return cleaned
