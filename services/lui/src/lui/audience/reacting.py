"""Recipients by reaction over HTTP: who did, or did not do, something with an earlier job."""

from collections.abc import Iterator
from enum import StrEnum
from typing import Annotated, Any, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Discriminator, Field, StringConstraints, Tag, model_validator

MAX_DEPTH = 5
MAX_QUESTIONS = 50
LinkLabel = Annotated[str, StringConstraints(min_length=1, max_length=2_000)]


class Did(StrEnum):
    """What a recipient did with the message, or did not."""

    OPENED = "opened"
    NOT_OPENED = "not_opened"
    CLICKED = "clicked"
    NOT_CLICKED = "not_clicked"
    BOUNCED = "bounced"
    NOT_BOUNCED = "not_bounced"
    ACTED = "acted"


class _Given(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Question(_Given):
    """One thing done or not done; links by label (an alias, or the address of a link without one), tags by id."""

    did: Did
    links: tuple[LinkLabel, ...] | None = Field(default=None, min_length=1, max_length=300)
    """With clicked and not_clicked: any of these; none given: any link."""
    tags: tuple[str, ...] | None = Field(default=None, min_length=1, max_length=50)
    """With acted: any of these action tags; none given: any."""
    judged: Literal["human"] | None = None
    """Leaves out what the judgement rules call a machine."""

    @model_validator(mode="after")
    def _fits(self) -> "Question":
        if self.links is not None and self.did not in {Did.CLICKED, Did.NOT_CLICKED}:
            raise ValueError("links go with clicked and not_clicked")
        if self.tags is not None and self.did is not Did.ACTED:
            raise ValueError("tags go with acted")
        if self.judged is not None and self.did in {Did.BOUNCED, Did.NOT_BOUNCED}:
            raise ValueError("what came back is not judged")
        return self


class AllOf(_Given):
    """Everything that is listed."""

    all: "tuple[Condition, ...]" = Field(min_length=1, max_length=MAX_QUESTIONS)


class AnyOf(_Given):
    """At least one thing that is listed."""

    any: "tuple[Condition, ...]" = Field(min_length=1, max_length=MAX_QUESTIONS)


def _kind(value: Any) -> str | None:
    """Which of the three it is, by the one field each of them has."""
    if isinstance(value, dict):
        return next((name for name in ("all", "any", "did") if name in value), None)
    return next((name for name in ("all", "any", "did") if hasattr(value, name)), None)


Condition = Annotated[
    Annotated[AllOf, Tag("all")] | Annotated[AnyOf, Tag("any")] | Annotated[Question, Tag("did")],
    Discriminator(_kind, custom_error_type="condition", custom_error_message="give one of: all, any, did"),
]


def parts_of(condition: AllOf | AnyOf | Question) -> tuple[AllOf | AnyOf | Question, ...]:
    """What a condition is put together from; nothing for a question."""
    if isinstance(condition, Question):
        return ()
    return condition.all if isinstance(condition, AllOf) else condition.any


def questions_of(condition: AllOf | AnyOf | Question) -> Iterator[Question]:
    """The questions in a condition, in the order they were written."""
    if isinstance(condition, Question):
        yield condition
    for part in parts_of(condition):
        yield from questions_of(part)


def _depth(condition: AllOf | AnyOf | Question) -> int:
    return 1 + max((_depth(part) for part in parts_of(condition)), default=0)


class ReactionSourceIn(_Given):
    """The recipients of an earlier job who reacted as the condition says, as far as is known at this moment."""

    type: Literal["reaction"]
    job_id: str = Field(max_length=64)
    condition: Condition

    @model_validator(mode="after")
    def _bounded(self) -> "ReactionSourceIn":
        if _depth(self.condition) > MAX_DEPTH:
            raise ValueError(f"a condition goes at most {MAX_DEPTH} levels deep")
        if (count := sum(1 for _ in questions_of(self.condition))) > MAX_QUESTIONS:
            raise ValueError(f"{count} questions are too many: {MAX_QUESTIONS} fit into a condition")
        return self


class ReactionSourceOut(BaseModel):
    """Where the recipients came from; they are frozen, as those of a file are."""

    type: Literal["reaction"]
    job_id: str
    job_title: str
    job_reference: str
    condition: Condition
    evaluated_at: AwareDatetime
    recipients: int
    """How many the source job had."""


class ReactionCountIn(_Given):
    """A condition to try out."""

    source: ReactionSourceIn


class ReactionCountOut(BaseModel):
    """How many recipients fit at the moment, out of how many."""

    count: int
    recipients: int
    as_of: AwareDatetime
    notes: list[str]
    """What to know about the number."""


class AskableLinkOut(BaseModel):
    """Links of a job that go by one label."""

    label: str
    parts: list[Literal["html", "text"]]
    urls: list[str]


class ReactionOptionsOut(BaseModel):
    """What can be asked about a job's recipients; `reason` says why nothing can."""

    job_id: str
    usable: bool
    reason: str | None
    recipients: int
    dids: list[Did]
    links: list[AskableLinkOut]
    columns: list[str]
