"""One written form for what servers say, so that a table of phrases needs each phrase once.

Lower case, single blanks, plain apostrophes, no accents, and `@` for every address: `User <Ann@Example.ORG> unknown`
and `user "ann@example.org"  UNKNOWN` read the same. The phrases of the tables go through the same function.
"""

import re
import unicodedata

MAX_READ = 4_000
"""How much of an explanation is looked at; what is behind it explains nothing any more."""
_ADDRESS = re.compile(
    r"[<(\[\"']{0,2}(?:rfc822;\s?)?[^\s<>()\[\]\"',;:]{1,64}@[^\s<>()\[\]\"',;:]{1,253}[>)\]\"']{0,2}"
)
_APOSTROPHES = str.maketrans({"\u2019": "'", "\u2018": "'", "\u00b4": "'", "`": "'", "\u00a0": " ", "\u3000": " "})


def normal(text: str) -> str:
    """The written form in which phrases are compared."""
    said = text[:MAX_READ].translate(_APOSTROPHES)
    if not said.isascii():
        said = "".join(letter for letter in unicodedata.normalize("NFKD", said) if not unicodedata.combining(letter))
    return " ".join(_ADDRESS.sub("@", said.lower()).split())
