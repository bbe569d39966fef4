"""Facts change by adding, and every change is seen in a review."""

import json
import os
import subprocess
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from common.contracts.base import OWNERS, Fact
from tests.contract.compatibility import breaking_changes
from tests.contract.facts import SCHEMAS, all_facts, schema_of, snapshot_of, written

FACTS = all_facts()
ROOT = Path(__file__).parents[2]
by_subject = pytest.mark.parametrize("fact", FACTS, ids=lambda fact: fact.subject)


@by_subject
def test_the_snapshot_is_the_schema(fact: type[Fact]) -> None:
    """When this fails on purpose: `python -m tests.contract.facts`, and look at the difference."""
    assert snapshot_of(fact).read_text(encoding="utf-8") == written(schema_of(fact))


@by_subject
def test_nothing_was_broken_since_the_snapshot(fact: type[Fact]) -> None:
    assert breaking_changes(json.loads(snapshot_of(fact).read_text(encoding="utf-8")), schema_of(fact)) == []


@by_subject
def test_nothing_was_broken_since_the_last_commit(fact: type[Fact]) -> None:
    """A snapshot taken anew must not hide a break."""
    path = snapshot_of(fact).relative_to(ROOT)
    base = os.environ.get("CONTRACT_BASE", "HEAD")
    known = subprocess.run(["git", "show", f"{base}:{path}"], cwd=ROOT, capture_output=True, check=False)  # noqa: S603, S607
    if known.returncode:
        assert (
            not snapshot_of(fact).exists()
            or b"exists on disk, but not in" in known.stderr
            or b"not a git" in known.stderr
        )
        return
    assert breaking_changes(json.loads(known.stdout), schema_of(fact)) == []


def test_no_fact_has_gone() -> None:
    assert {path.stem for path in SCHEMAS.glob("*.json")} == {fact.subject for fact in FACTS}


def test_every_owner_says_what_it_does_and_that_it_is_alive() -> None:
    subjects = {fact.subject for fact in FACTS}
    assert {f"{owner}.{what}" for owner in OWNERS for what in ("action.recorded.v1", "component.seen.v1")} <= subjects


@by_subject
def test_examples_round_trip_and_fit_the_schema(fact: type[Fact]) -> None:
    assert len(fact.examples) >= 2
    for example in fact.examples:
        read = fact.model_validate_json(json.dumps(example))
        again = fact.model_validate_json(read.model_dump_json())
        assert again == read
        jsonschema.validate(json.loads(read.model_dump_json()), schema_of(fact))


@by_subject
def test_a_fact_of_a_newer_release_is_read(fact: type[Fact]) -> None:
    for example in fact.examples:
        newer = {**example, "a_field_of_the_future": {"any": ["thing"]}}
        assert fact.model_validate(newer) == fact.model_validate(example)


def _schema(**properties: Any) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "required": ["a"]}


class TestTheChecker:
    OLD = _schema(a={"type": "string"}, b={"$ref": "#/$defs/B"}) | {
        "$defs": {"B": {"enum": ["x", "y"], "type": "string"}}
    }

    def test_accepts_an_added_optional_field_and_other_words(self) -> None:
        new = _schema(
            a={"type": "string", "description": "better said"}, b={"$ref": "#/$defs/C"}, c={"type": "integer"}
        )
        assert breaking_changes(self.OLD, new | {"$defs": {"C": {"enum": ["x", "y"], "type": "string"}}}) == []

    @pytest.mark.parametrize(
        ("change", "told"),
        [
            ({"properties": {"a": {"type": "string"}}}, "/b was removed"),
            ({"properties": {"a": {"type": "integer"}, "b": OLD["$defs"]["B"]}}, "/a/type: 'string' became 'integer'"),
            ({"required": ["a", "b"]}, "/b became required"),
            ({"required": []}, "/a became optional"),
            ({"$defs": {"B": {"enum": ["x"], "type": "string"}}}, "/b/enum: ['x', 'y'] became ['x']"),
            ({"$defs": {"B": {"enum": ["x", "y", "z"], "type": "string"}}}, "/b/enum"),
            (
                {"properties": {"a": {"type": "string", "maxLength": 5}, "b": OLD["$defs"]["B"]}},
                "/a: maxLength was added",
            ),
            (
                {"properties": {"a": {"anyOf": [{"type": "string"}, {"type": "null"}]}, "b": OLD["$defs"]["B"]}},
                "/a: anyOf",
            ),
        ],
    )
    def test_refuses(self, change: dict[str, Any], told: str) -> None:
        found = breaking_changes(self.OLD, self.OLD | change)
        assert any(each.startswith(told) for each in found), found
