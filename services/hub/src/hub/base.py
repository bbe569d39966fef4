"""What hub's tables have in common."""

from sqlalchemy.orm import DeclarativeBase

from common.db.base import COLUMN_TYPES, metadata_for


class Base(DeclarativeBase):
    """Tables of the schema `hub`."""

    metadata = metadata_for("hub")
    type_annotation_map = COLUMN_TYPES
