"""Tables of jobs."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ARRAY, CheckConstraint, Date, ForeignKey, Index, Text, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from common.contracts.lui import InDoubt
from common.db.base import Id, TimestampMixin
from lui.base import Base
from lui.jobs.words import STORED_STEPS, Stage

_STAGES = ", ".join(repr(stage.value) for stage in Stage)
_STEPS = ", ".join(repr(step.value) for step in STORED_STEPS)


class Job(TimestampMixin, Base):
    """A mailing that is prepared, tested, authorized and sent."""

    __tablename__ = "jobs"
    __table_args__ = (
        CheckConstraint(f"stage IN ({_STAGES})", name="stage"),
        CheckConstraint("in_doubt IN ('resend','skip','ask')", name="in_doubt"),
        Index("ix_jobs_owner_id_id", "owner_id", "id"),
        Index("ix_jobs_group_id_id", "group_id", "id"),
        Index("ix_jobs_due_at", "due_at", postgresql_where="stage = 'waiting'"),
    )

    id: Mapped[Id] = mapped_column(primary_key=True)
    system_id: Mapped[str] = mapped_column(unique=True)
    owner_id: Mapped[Id] = mapped_column(comment="an account of hub")
    owner_name: Mapped[str]
    """As it was when the job was made; the projection of accounts knows the present one."""
    group_id: Mapped[Id | None] = mapped_column(comment="a group of hub")
    title: Mapped[str]
    prefix: Mapped[str | None]
    stage: Mapped[str]
    stage_reason: Mapped[str | None]
    """In plain words why the job failed, when it failed."""
    revision: Mapped[int]
    authorization_id: Mapped[Id | None]
    due_at: Mapped[datetime | None]
    """When the scheduler takes a waiting job up; None while it waits for a trigger."""
    in_doubt: Mapped[InDoubt] = mapped_column(Text, default="resend", server_default="resend")
    """What becomes of messages whose outcome nobody knows."""


class JobDay(Base):
    """How many jobs were made on a day, for their system ids; numbers of deleted jobs are not given out again."""

    __tablename__ = "job_days"

    day: Mapped[date] = mapped_column(Date, primary_key=True)
    last_number: Mapped[int]


class JobStep(Base):
    """A step somebody defined; a step without a row is not defined."""

    __tablename__ = "job_steps"
    __table_args__ = (CheckConstraint(f"step IN ({_STEPS})", name="step"),)

    job_id: Mapped[Id] = mapped_column(ForeignKey("lui.jobs.id", ondelete="CASCADE"), primary_key=True)
    step: Mapped[str] = mapped_column(primary_key=True)
    settings: Mapped[dict[str, Any]] = mapped_column(JSONB)
    revision: Mapped[int]
    changed_at: Mapped[datetime]
    changed_by: Mapped[Id] = mapped_column(comment="an account of hub")


class Authorization(Base):
    """Somebody's word that exactly this may be sent; `digest` binds it (see `jobs/rules/binding.py`)."""

    __tablename__ = "authorizations"
    __table_args__ = (Index("ix_authorizations_job_id", "job_id"),)

    id: Mapped[Id] = mapped_column(primary_key=True)
    job_id: Mapped[Id] = mapped_column(ForeignKey("lui.jobs.id", ondelete="CASCADE"))
    digest: Mapped[str]
    authorized_by: Mapped[Id] = mapped_column(comment="an account of hub")
    authorized_by_name: Mapped[str]
    authorized_at: Mapped[datetime]
    notify: Mapped[list[str]] = mapped_column(ARRAY(Text))
    """Who is told when the job was delivered or failed."""
    overridden: Mapped[list[dict[str, str]]] = mapped_column(JSONB, default=list, server_default=text("'[]'::jsonb"))
    """Code and detail of the preflight's problems that were taken on with it."""
    withdrawn_at: Mapped[datetime | None]


class DeletedJob(Base):
    """What reports still call a job that was deleted: its deliveries and their numbers stay."""

    __tablename__ = "deleted_jobs"

    id: Mapped[Id] = mapped_column(primary_key=True)
    system_id: Mapped[str]
    title: Mapped[str]
    owner_id: Mapped[Id] = mapped_column(comment="an account of hub")
    group_id: Mapped[Id | None] = mapped_column(comment="a group of hub")
    deleted_at: Mapped[datetime]


class Occurrence(Base):
    """One delivery a job asked for: its live ones and its tests."""

    __tablename__ = "occurrences"
    __table_args__ = (
        CheckConstraint("kind IN ('live', 'test', 'rehearsal')", name="kind"),
        CheckConstraint("verdict IN ('accepted', 'rejected')", name="verdict"),
        # Whatever runs twice, a time that came makes one delivery.
        UniqueConstraint("occurrence_key", name="uq_occurrences_occurrence_key"),
        Index("ix_occurrences_job_id", "job_id"),
        Index("ix_occurrences_snapshot_id", "snapshot_id"),
    )

    delivery_id: Mapped[Id] = mapped_column(primary_key=True)
    job_id: Mapped[Id]
    """No foreign key: deliveries outlive a deleted job."""
    kind: Mapped[str]
    occurrence_key: Mapped[str]
    snapshot_id: Mapped[Id]
    fingerprint: Mapped[str]
    """What was sent (see `jobs/rules/binding.py`): a verdict holds for nothing else."""
    verdict: Mapped[str | None]
    verdict_by: Mapped[Id | None] = mapped_column(comment="an account of hub")
    verdict_at: Mapped[datetime | None]
    finished_revision: Mapped[int]
    """The newest `DeliveryFinishedV1.revision` acted on."""
    stop_requested: Mapped[bool]
    capped_from: Mapped[str | None]
    """The level of tracking the job asked for, when hub's settings allowed less by the time it was sent."""
    created_at: Mapped[datetime]
