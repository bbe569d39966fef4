"""A service of nothing but the chassis, for the chassis' own tests. Its facts are hub's, so its schema is `hub`."""

from sqlalchemy import BigInteger, Identity
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from common.db.base import COLUMN_TYPES, metadata_for
from common.http.idempotency import IdempotencyMixin
from common.messaging.dead_letters import DeadLetterMixin
from common.messaging.inbox import InboxMixin
from common.messaging.outbox import OutboxMixin
from common.messaging.unit_of_work import MessagingTables


class Base(DeclarativeBase):
    metadata = metadata_for("hub")
    type_annotation_map = COLUMN_TYPES


class Outbox(OutboxMixin, Base):
    __tablename__ = "outbox"


class Inbox(InboxMixin, Base):
    __tablename__ = "inbox"


class DeadLetter(DeadLetterMixin, Base):
    __tablename__ = "dead_letters"


class IdempotencyKey(IdempotencyMixin, Base):
    __tablename__ = "idempotency_keys"


class Note(Base):
    """Something to write."""

    __tablename__ = "notes"

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    text: Mapped[str] = mapped_column(unique=True)


MESSAGING = MessagingTables(Outbox, Inbox, DeadLetter, IdempotencyKey)
