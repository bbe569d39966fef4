"""Tables of contents and of the files that go with them."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, LargeBinary
from sqlalchemy import text as sql
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, deferred, mapped_column

from common.contracts.digest import document_digest
from common.db.base import Id
from lui.base import Base
from lui.content.schemas import DEFAULT_CHARSET


class Content(Base):
    """What a message says; immutable: saving again makes a new one, so jobs may share it."""

    __tablename__ = "contents"
    __table_args__ = (Index("ix_contents_created_at", "created_at"),)

    id: Mapped[Id] = mapped_column(primary_key=True)
    subject: Mapped[str]
    html: Mapped[str | None] = deferred(mapped_column(), group="parts", raiseload=True)
    text: Mapped[str | None] = deferred(mapped_column(), group="parts", raiseload=True)
    """As written by the author; None lets `text_alternative` stand for it."""
    text_alternative: Mapped[str | None] = deferred(mapped_column(), group="parts", raiseload=True)
    has_html: Mapped[bool]
    digest: Mapped[str]
    """Of subject and parts: what was looked at and what is sent are the same while this is the same."""
    merge_fields: Mapped[list[dict[str, Any]]] = mapped_column(JSONB)
    links: Mapped[list[dict[str, Any]]] = mapped_column(JSONB)
    warnings: Mapped[list[dict[str, Any]]] = mapped_column(JSONB)
    charset: Mapped[str] = mapped_column(server_default=sql("'utf-8'"))
    files: Mapped[list[dict[str, Any]]] = mapped_column(JSONB, server_default=sql("'[]'::jsonb"))
    """As they stand in the content document; the octets are found by their SHA-256."""
    created_at: Mapped[datetime]

    def present_digest(self) -> str:
        """The digest of what is there now; needs the parts."""
        said = {
            "subject": self.subject,
            "html": self.html,
            "text": self.text,
            "text_alternative": self.text_alternative,
            "links": self.links,
        }
        # Only where they say something: digests of contents older than these fields stay true.
        more = {"charset": self.charset} if self.charset != DEFAULT_CHARSET else {}
        return document_digest({**said, **more, **({"files": self.files} if self.files else {})})


class StoredFile(Base):
    """The octets of a file, under their own SHA-256, once for however many jobs have it."""

    __tablename__ = "stored_files"
    __table_args__ = (Index("ix_stored_files_used_at", "used_at"),)

    sha256: Mapped[str] = mapped_column(primary_key=True)
    size: Mapped[int]
    octets: Mapped[bytes] = deferred(mapped_column(LargeBinary, nullable=False), raiseload=True)
    used_at: Mapped[datetime]
    """When it was last uploaded or handed over; it goes a while after nothing refers to it any more."""


class JobFile(Base):
    """A file of a job, as it is being prepared."""

    __tablename__ = "job_files"
    __table_args__ = (Index("ix_job_files_job_id", "job_id"), Index("ix_job_files_sha256", "sha256"))

    id: Mapped[Id] = mapped_column(primary_key=True)
    job_id: Mapped[Id] = mapped_column(ForeignKey("lui.jobs.id", ondelete="CASCADE"))
    position: Mapped[int]
    file_name: Mapped[str]
    content_type: Mapped[str]
    size: Mapped[int]
    sha256: Mapped[str] = mapped_column(ForeignKey("lui.stored_files.sha256"))
    is_inline: Mapped[bool]
    """An image that the HTML part shows, rather than something attached."""
    created_at: Mapped[datetime]
