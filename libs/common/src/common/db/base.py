"""What all tables share: naming of constraints, types of columns, time stamps."""

from datetime import datetime
from typing import Annotated, Any, ClassVar

from sqlalchemy import BigInteger, DateTime, Identity, MetaData, Text, Uuid
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

_NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}

Id = Annotated[str, mapped_column(Uuid(as_uuid=False))]
"""An id with a public address: text in Python, `uuid` in PostgreSQL. Also for ids of things other services own."""
BigId = Annotated[int, mapped_column(BigInteger, Identity())]
"""A number the database gives out, for rows by the million."""


def metadata_for(schema: str) -> MetaData:
    """The metadata of one service's schema, with named constraints so that migrations can address them."""
    return MetaData(schema=schema, naming_convention=_NAMING)


COLUMN_TYPES: dict[Any, Any] = {
    str: Text(),
    datetime: DateTime(timezone=True),
    dict[str, Any]: JSONB(),
    list[str]: JSONB(),
}
"""For a service's declarative base:

    class Base(DeclarativeBase):
        metadata = metadata_for("hub")
        type_annotation_map = COLUMN_TYPES
"""


class TimestampMixin:
    """When a row was made and last changed; both are set from `uow.now` by the code that writes."""

    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]

    __abstract__: ClassVar[bool] = True
