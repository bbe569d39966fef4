"""One row of the table that decides: phrases with one meaning."""

import re
from dataclasses import dataclass, field

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
    _found: re.Pattern[str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        words = [re.escape(normal(phrase)) for phrase in sorted(self.phrases, key=len, reverse=True)]
        object.__setattr__(self, "_found", re.compile("|".join([*words, *self.patterns])))

    def search(self, said: str) -> str | None:
        """The phrase of this kind in a text in its normal form, or None."""
        match = self._found.search(said)
        return match.group() if match else None
