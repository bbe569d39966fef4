"""Which migrations the installed code has, and which the database; without Alembic, which only migrating needs."""

import re
from functools import lru_cache
from importlib.resources import files

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

_NAMED = re.compile(r"^(revision|down_revision)\b[^=\n]*= *\"([^\"]+)\"", re.MULTILINE)


@lru_cache(maxsize=8)
def known_revisions(package: str) -> tuple[str | None, frozenset[str]]:
    """The newest revision in the installed code, and all of them."""
    revisions, replaced = set(), set()
    for file in files(f"{package}.migrations").joinpath("versions").iterdir():
        if file.name.endswith(".py"):
            named = dict(_NAMED.findall(file.read_text(encoding="utf-8")))
            if "revision" in named:
                revisions.add(named["revision"])
            if "down_revision" in named:
                replaced.add(named["down_revision"])
    return next(iter(sorted(revisions - replaced)), None), frozenset(revisions)


async def current_revision(engine: AsyncEngine, schema: str) -> str | None:
    """The revision the database is at. Raises the driver's error when it was never migrated."""
    async with engine.connect() as connection:
        found = await connection.execute(text(f'SELECT version_num FROM "{schema}".alembic_version'))  # noqa: S608 - ours
        return found.scalar_one_or_none()
