"""Every table of tracker, for Alembic, and the chassis' own for its plumbing."""

from common.http.idempotency import IdempotencyMixin
from common.messaging.dead_letters import DeadLetterMixin
from common.messaging.inbox import InboxMixin
from common.messaging.outbox import OutboxMixin
from common.messaging.unit_of_work import MessagingTables
from tracker.base import Base
from tracker.plans.models import IntakeRow, PlanRow
from tracker.reactions.models import (
    AcceptanceRow,
    GatheredEvenRow,
    GatheredOddRow,
    JudgingRow,
    ReactionRow,
    SpoolRangeRow,
)
from tracker.tallies.models import DeliveryTallyRow, FirstsRow, PeopleRow, SeenRow, TallyRow, TotalRow


class Outbox(OutboxMixin, Base):
    """Facts stated and waiting to be published."""

    __tablename__ = "outbox"


class Inbox(InboxMixin, Base):
    """Messages handled already."""

    __tablename__ = "inbox"


class DeadLetter(DeadLetterMixin, Base):
    """Messages given up."""

    __tablename__ = "dead_letters"


class IdempotencyKey(IdempotencyMixin, Base):
    """Answers kept for requests that come again."""

    __tablename__ = "idempotency_keys"


MESSAGING = MessagingTables(Outbox, Inbox, DeadLetter, IdempotencyKey)

__all__ = [
    "MESSAGING",
    "AcceptanceRow",
    "Base",
    "DeliveryTallyRow",
    "FirstsRow",
    "GatheredEvenRow",
    "GatheredOddRow",
    "IntakeRow",
    "JudgingRow",
    "PeopleRow",
    "PlanRow",
    "ReactionRow",
    "SeenRow",
    "SpoolRangeRow",
    "TallyRow",
    "TotalRow",
]
