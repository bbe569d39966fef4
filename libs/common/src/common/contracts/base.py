"""The shape of a fact: its model, its subject, its owner, and the registry of all of them."""

import re
from collections.abc import Iterator
from typing import Any, ClassVar

from pydantic import BaseModel, ConfigDict

OWNERS = ("hub", "lui", "tracker", "mailer")
_SUBJECT = re.compile(r"^(hub|lui|tracker|mailer)\.[a-z]+(_[a-z]+)*\.[a-z]+(_[a-z]+)*\.v[1-9][0-9]*$")


class Fact(BaseModel):
    """One thing that happened, stated by its owner and read by any number of consumers.

    A subclass names its subject in the class statement and carries at least two examples, which the
    contract tests parse, round-trip and feed to every handler:

        class JobClosedV1(Fact, subject="lui.job.closed.v1"): ...

    Unknown fields are ignored, so that an older consumer reads a newer producer's fact.
    """

    model_config = ConfigDict(frozen=True, extra="ignore")

    subject: ClassVar[str]
    examples: ClassVar[tuple[dict[str, Any], ...]] = ()

    def __init_subclass__(cls, *, subject: str | None = None, **kwargs: Any) -> None:
        """Takes `subject` from the class statement; `__pydantic_init_subclass__` acts on it."""
        super().__init_subclass__(**kwargs)

    @classmethod
    def __pydantic_init_subclass__(cls, *, subject: str | None = None, **kwargs: Any) -> None:
        super().__pydantic_init_subclass__(**kwargs)
        if subject is None:  # an abstract body shared by several owners
            return
        if not _SUBJECT.fullmatch(subject):
            raise ValueError(f"{cls.__name__}: {subject!r} is not <owner>.<noun>.<past participle>.v<major>")
        known = _registry.setdefault(subject, cls)
        if known.__qualname__ != cls.__qualname__ or known.__module__ != cls.__module__:
            raise ValueError(f"{subject!r} is already stated by {known.__name__}")
        cls.subject = subject

    @classmethod
    def owner(cls) -> str:
        """The service that alone publishes this fact: the first word of its subject."""
        return cls.subject.partition(".")[0]


_registry: dict[str, type[Fact]] = {}


def registered_facts() -> Iterator[type[Fact]]:
    """Every fact class imported so far, ordered by subject."""
    for subject in sorted(_registry):
        yield _registry[subject]
