"""Every table of mailer, for Alembic, and the chassis' own for its plumbing."""

from common.http.idempotency import IdempotencyMixin
from common.messaging.dead_letters import DeadLetterMixin
from common.messaging.inbox import InboxMixin
from common.messaging.outbox import OutboxMixin
from common.messaging.unit_of_work import MessagingTables
from mailer.base import Base
from mailer.bounces.models import BounceRow, ReportRow, SourceRow, WatchRow
from mailer.deliveries.files import MessageFileRow
from mailer.deliveries.models import DeliveryRow, DeliverySecretRow, ProgressRow, RecipientPageRow, SignalRow
from mailer.envelopes.models import ChunkRow, EnvelopeRow, SendLogRow, TallyRow, WorkerRow
from mailer.gateways.models import (
    DestinationDayRow,
    DestinationLimitRow,
    DestinationPauseRow,
    GatewayRow,
    GatewayStateRow,
    GatewayTrafficRow,
    GatewayUsageRow,
    MxGroupRow,
)
from mailer.installation.models import InstallationRow, MachineRow
from mailer.notices.models import NoticeAddressRow, NoticeRow
from mailer.rehearsal.models import RehearsalRow, RehearsalSampleRow
from mailer.signing.models import DkimKeyRow, DkimUseRow
from mailer.suppression.models import StrikeRow, SuppressionRow


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
    "Base",
    "BounceRow",
    "ChunkRow",
    "DeliveryRow",
    "DeliverySecretRow",
    "DestinationDayRow",
    "DestinationLimitRow",
    "DestinationPauseRow",
    "DkimKeyRow",
    "DkimUseRow",
    "EnvelopeRow",
    "GatewayRow",
    "GatewayStateRow",
    "GatewayTrafficRow",
    "GatewayUsageRow",
    "InstallationRow",
    "MachineRow",
    "MessageFileRow",
    "MxGroupRow",
    "NoticeAddressRow",
    "NoticeRow",
    "ProgressRow",
    "RecipientPageRow",
    "RehearsalRow",
    "RehearsalSampleRow",
    "ReportRow",
    "SendLogRow",
    "SignalRow",
    "SourceRow",
    "StrikeRow",
    "SuppressionRow",
    "TallyRow",
    "WatchRow",
    "WorkerRow",
]
