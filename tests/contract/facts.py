"""All facts, and where their snapshots are kept."""

import importlib
import json
from pathlib import Path
from typing import Any

from common.contracts.base import OWNERS, Fact, registered_facts

SCHEMAS = Path(__file__).parent / "schemas"


def all_facts() -> list[type[Fact]]:
    """Every fact a service states."""
    for owner in OWNERS:
        importlib.import_module(f"common.contracts.{owner}")
    return list(registered_facts())


def schema_of(fact: type[Fact]) -> dict[str, Any]:
    """The JSON schema of a fact's body as it is published."""
    return fact.model_json_schema(mode="serialization")


def snapshot_of(fact: type[Fact]) -> Path:
    """The committed schema."""
    return SCHEMAS / f"{fact.subject}.json"


def written(schema: dict[str, Any]) -> str:
    """As the snapshot is written."""
    return json.dumps(schema, indent=2, sort_keys=True, ensure_ascii=False) + "\n"


def take_snapshots() -> None:
    """Write the schemas of all facts: `python -m tests.contract.facts`. The tests refuse what breaks."""
    SCHEMAS.mkdir(exist_ok=True)
    for fact in all_facts():
        snapshot_of(fact).write_text(written(schema_of(fact)), encoding="utf-8")


if __name__ == "__main__":
    take_snapshots()
