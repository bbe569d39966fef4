"""Table of contents."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, deferred, mapped_column

from common.contracts.digest import document_digest
from common.db.base import Id
from lui.base import Base


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
    created_at: Mapped[datetime]

    def present_digest(self) -> str:
        """The digest of what is there now; needs the parts."""
        return document_digest(
            {
                "subject": self.subject,
                "html": self.html,
                "text": self.text,
                "text_alternative": self.text_alternative,
                "links": self.links,
            }
        )
