"""What can be wrong with a message: with its content for everybody, or with one recipient's values."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from common.contracts.mailer import BounceClass
from common.contracts.problem import Problem

Part = Literal["subject", "html", "text", "sender"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One mistake in the content; `line` and `column` count from 1 in the part as its author wrote it."""

    part: Part
    line: int
    column: int
    detail: str

    @classmethod
    def at(cls, part: Part, source: str, offset: int, detail: str) -> "Finding":
        """A finding at a character offset of `source`."""
        before = source[: max(offset, 0)]
        return cls(part, before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1, detail)


class ContentFaulty(Exception):
    """The content cannot be compiled; `findings` says where and why."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        super().__init__("; ".join(f"{f.part} {f.line}:{f.column} {f.detail}" for f in findings[:5]))
        self.findings = tuple(findings)


class MergeFailed(Exception):
    """One recipient's values make no message; the others are not concerned."""

    def __init__(self, detail: str, bounce_class: BounceClass = BounceClass.PROTOCOL) -> None:
        super().__init__(detail)
        self.detail = detail
        self.bounce_class = bounce_class


class ContentInvalid(Problem):
    """The content of a preview has mistakes; `errors` points at each."""

    status, slug, title = 422, "content-invalid", "The content has mistakes"
