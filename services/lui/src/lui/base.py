"""The declarative base of lui's tables."""

from sqlalchemy.orm import DeclarativeBase

from common.db.base import COLUMN_TYPES, metadata_for


class Base(DeclarativeBase):
    """Every table of lui lives in the schema of the same name."""

    metadata = metadata_for("lui")
    type_annotation_map = COLUMN_TYPES
