"""Every table of hub, for Alembic; and those of the chassis, for whoever opens its resources."""

from common.http.idempotency import IdempotencyMixin
from common.messaging.dead_letters import DeadLetterMixin
from common.messaging.inbox import InboxMixin
from common.messaging.outbox import OutboxMixin
from common.messaging.unit_of_work import MessagingTables
from hub.accounts.models import Account, Credential
from hub.audit.models import AuditEntry
from hub.base import Base
from hub.components.models import Component
from hub.groups.models import Group
from hub.sessions.models import ApiToken, FamiliarAddress, Session, SignInBucket, SignInDelay, SigningKey
from hub.settings.models import Setting

__all__ = [
    "MESSAGING",
    "Account",
    "ApiToken",
    "AuditEntry",
    "Base",
    "Component",
    "Credential",
    "DeadLetter",
    "FamiliarAddress",
    "Group",
    "IdempotencyKey",
    "Inbox",
    "Outbox",
    "Session",
    "Setting",
    "SignInBucket",
    "SignInDelay",
    "SigningKey",
]


class Outbox(OutboxMixin, Base):
    """Facts on their way out."""

    __tablename__ = "outbox"


class Inbox(InboxMixin, Base):
    """Facts that were handled."""

    __tablename__ = "inbox"


class DeadLetter(DeadLetterMixin, Base):
    """Facts that could not be handled."""

    __tablename__ = "dead_letters"


class IdempotencyKey(IdempotencyMixin, Base):
    """Answers kept for requests that are sent again."""

    __tablename__ = "idempotency_keys"


MESSAGING = MessagingTables(Outbox, Inbox, DeadLetter, IdempotencyKey)
