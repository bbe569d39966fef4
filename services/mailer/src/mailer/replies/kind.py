"""One row of the table that decides: phrases with one meaning."""

import re
from dataclasses import dataclass, field
from operator import itemgetter

from common.contracts.mailer import BounceClass
from mailer.replies.normal import normal


@dataclass(frozen=True, slots=True)
class Kind:
    """Phrases with one meaning. A space in a phrase is any blank; `patterns` are for words with gaps in between."""

    name: str
    bounce_class: BounceClass
    phrases: tuple[str, ...]
    patterns: tuple[str, ...] = ()
    is_about_address: bool = False
    is_vague: bool = False
    """Also said for other reasons: a code that says something exact comes first."""
    _words: tuple[str, ...] = field(init=False, repr=False, compare=False)
    _gapped: re.Pattern[str] | None = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        words = (normal(phrase) for phrase in sorted(self.phrases, key=len, reverse=True))
        object.__setattr__(self, "_words", tuple(dict.fromkeys(words)))
        object.__setattr__(self, "_gapped", re.compile("|".join(self.patterns)) if self.patterns else None)

    def search(self, said: str) -> str | None:
        """The first phrase of this kind in a text in its normal form, the longest of those beginning there, or None."""
        # A quarter of the time that one expression with all phrases in it takes on a long text.
        found = [(said.index(word), word) for word in self._words if word in said]
        match = self._gapped.search(said) if self._gapped is not None else None
        if match is not None:
            found.append((match.start(), match.group()))
        return min(found, key=itemgetter(0))[1] if found else None
