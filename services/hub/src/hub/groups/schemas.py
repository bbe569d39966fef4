"""HTTP bodies about groups."""

from pydantic import BaseModel


class GroupOut(BaseModel):
    """Accounts that work together."""

    id: str
    name: str
