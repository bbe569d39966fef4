"""What is asked and told about judging."""

from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field


class JudgingIn(BaseModel):
    """Which deliveries are to be judged anew."""

    model_config = ConfigDict(extra="forbid")

    delivery_ids: Annotated[list[UUID], Field(min_length=1, max_length=100)] | None = None
    """Without: all of them."""


class JudgingOut(BaseModel):
    """What is judged anew from now on, while nothing stands still."""

    deliveries: int
    """How many deliveries have reactions that wait to be judged."""
    rules_version: int
    """By which rules."""


class RuleOut(BaseModel):
    """One rule of judgement."""

    name: str
    judgement: str
    explanation: str


class RulesOut(BaseModel):
    """The rules by which reactions are judged now, in the order in which they are asked."""

    rules_version: int
    rules: list[RuleOut]
