"""The words for where a job and its steps stand, and for what can be done with it."""

from enum import StrEnum


class Stage(StrEnum):
    """Where a job stands."""

    OPEN = "open"
    WAITING = "waiting"
    PROCESSING = "processing"
    REPEATING = "repeating"
    FAILED = "failed"
    DELIVERED = "delivered"
    CLOSED = "closed"
    ARCHIVED = "archived"


class Action(StrEnum):
    """What an account can do with a whole job."""

    EDIT = "edit"
    TEST = "test"
    REHEARSE = "rehearse"
    AUTHORIZE = "authorize"
    REVOKE = "revoke"
    TRIGGER = "trigger"
    PAUSE = "pause"
    RESUME = "resume"
    STOP = "stop"
    RETRY = "retry"
    REOPEN = "reopen"
    CLOSE = "close"
    COPY = "copy"
    DELETE = "delete"


class Step(StrEnum):
    """A part of preparing a job, in the order of the workflow."""

    RECIPIENTS = "recipients"
    CONTENT = "content"
    TRACKING = "tracking"
    SENDER = "sender"
    TEST = "test"
    SCHEDULE = "schedule"
    AUTHORIZE = "authorize"


STORED_STEPS = (Step.RECIPIENTS, Step.CONTENT, Step.TRACKING, Step.SENDER, Step.SCHEDULE)
"""The steps with settings of their own; the other two follow from deliveries and authorizations."""


class StepState(StrEnum):
    """Where a step stands; `stale` was done and needs another look."""

    LOCKED = "locked"
    AVAILABLE = "available"
    DONE = "done"
    STALE = "stale"


class Clicks(StrEnum):
    """Which links are rewritten to the tracker."""

    ALL = "all"
    NONE = "none"
    CHOSEN = "chosen"
