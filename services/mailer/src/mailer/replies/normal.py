"""One written form for what servers say, so that a table of phrases needs each phrase once.

Lower case, single blanks, plain apostrophes, no accents, and `@` for every address: `User <Ann@Example.ORG> unknown`
and `user "ann@example.org"  UNKNOWN` read the same. The phrases of the tables go through the same function.
"""

import re
import unicodedata

MAX_READ = 4_000
"""How much of an explanation is looked at; what is behind it explains nothing any more."""
_NOT_IN_ADDRESSES = r"\s<>()\[\]\"',;:\u1100-\u11ff\u2018-\u201f\u3000-\u30ff\u3400-\u9fff\uac00-\ud7af\uff00-\uffef"
"""What ends an address: blanks, brackets, and words that are written without blanks."""
_ADDRESS = re.compile(
    rf"[<(\[\"']{{0,2}}(?:rfc822;\s?)?[^{_NOT_IN_ADDRESSES}]{{1,64}}@[^{_NOT_IN_ADDRESSES}]{{1,253}}[>)\]\"']{{0,2}}"
)
_PLAIN_LETTERS = str.maketrans(
    {"\u2019": "'", "\u2018": "'", "\u00b4": "'", "`": "'", "\u00a0": " ", "\u3000": " "}
    | {"\u0131": "i", "ø": "o", "Ø": "o", "ł": "l", "Ł": "l", "đ": "d", "Đ": "d", "ß": "ss"}
)
"""Apostrophes and blanks, and the letters that have no accent to take away but are often written without theirs."""


def normal(text: str) -> str:
    """The written form in which phrases are compared."""
    said = text[:MAX_READ].translate(_PLAIN_LETTERS)
    if not said.isascii():
        said = "".join(letter for letter in unicodedata.normalize("NFKD", said) if not unicodedata.combining(letter))
    return " ".join(_ADDRESS.sub("@", said.lower()).split())
