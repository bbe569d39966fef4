"""An SMTP reply; what it means is decided by `mailer.replies`, which reports of failures share."""

from typing import NamedTuple

from mailer.replies.service import MAX_TEXT, Meaning, classify, enhanced_code_of, shown

__all__ = ["MAX_TEXT", "Meaning", "Reply", "classify", "enhanced_code_of", "shown"]


class Reply(NamedTuple):
    """An SMTP reply; `text` is its lines joined by blanks."""

    code: int
    text: str

    @property
    def is_positive(self) -> bool:
        """2yz and 3yz."""
        return 200 <= self.code < 400

    @property
    def is_permanent(self) -> bool:
        """5yz: repeating it unchanged is useless."""
        return self.code >= 500
