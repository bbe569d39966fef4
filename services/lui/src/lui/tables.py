"""Every table of lui, for Alembic; and those of the chassis, for whoever opens its resources."""

from common.http.idempotency import IdempotencyMixin
from common.messaging.dead_letters import DeadLetterMixin
from common.messaging.inbox import InboxMixin
from common.messaging.outbox import OutboxMixin
from common.messaging.unit_of_work import MessagingTables
from lui.access.models import KnownAccount
from lui.action_tags.models import ActionTag
from lui.audience.models import Snapshot, SnapshotAside, SnapshotRecipient, Upload, UploadPiece
from lui.base import Base
from lui.content.models import Content, JobFile, StoredFile
from lui.deliveries.models import Bounce, Complaint, Delivery
from lui.jobs.models import Authorization, DeletedJob, Job, JobDay, JobStep, Occurrence
from lui.notices.models import Notice
from lui.report_mails.models import ReportMail, ReportMailRun
from lui.reports.models import KeptResult, ReportFolder, SavedReport
from lui.settings.models import KnownSetting
from lui.subscriber_pages.models import EndedSubscription

__all__ = [
    "MESSAGING",
    "ActionTag",
    "Authorization",
    "Base",
    "Bounce",
    "Complaint",
    "Content",
    "DeadLetter",
    "DeletedJob",
    "Delivery",
    "EndedSubscription",
    "IdempotencyKey",
    "Inbox",
    "Job",
    "JobDay",
    "JobFile",
    "JobStep",
    "KeptResult",
    "KnownAccount",
    "KnownSetting",
    "Notice",
    "Occurrence",
    "Outbox",
    "ReportFolder",
    "ReportMail",
    "ReportMailRun",
    "SavedReport",
    "Snapshot",
    "SnapshotAside",
    "SnapshotRecipient",
    "StoredFile",
    "Upload",
    "UploadPiece",
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
