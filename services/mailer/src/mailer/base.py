"""The declarative base of mailer's tables."""

from sqlalchemy.orm import DeclarativeBase

from common.db.base import COLUMN_TYPES, metadata_for


class Base(DeclarativeBase):
    """Every table of the schema `mailer`."""

    metadata = metadata_for("mailer")
    type_annotation_map = COLUMN_TYPES
