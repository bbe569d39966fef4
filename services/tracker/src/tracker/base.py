"""The declarative base of tracker's tables."""

from sqlalchemy.orm import DeclarativeBase

from common.db.base import COLUMN_TYPES, metadata_for


class Base(DeclarativeBase):
    """Every table of the schema `tracker`."""

    metadata = metadata_for("tracker")
    type_annotation_map = COLUMN_TYPES
