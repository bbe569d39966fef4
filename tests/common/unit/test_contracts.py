"""What is agreed between services: facts, digests, problems."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from common.contracts.base import Fact, registered_facts
from common.contracts.digest import RecipientsDigest, document_digest
from common.contracts.hub import HubSeenV1
from common.contracts.problem import Invalid, Problem, Unavailable

Row = tuple[int, str, list[str]]
rows = st.lists(
    st.tuples(st.integers(1, 99), st.text(max_size=8), st.lists(st.text(max_size=5), max_size=3)), max_size=4
)


@pytest.mark.parametrize(
    "subject",
    ["hub.account.changed", "other.account.changed.v1", "hub.Account.changed.v1", "hub.account.v1", "hub.a.b.v0"],
)
def test_a_subject_says_owner_noun_verb_and_major(subject: str) -> None:
    with pytest.raises(ValueError, match="is not <owner>"):
        type("Wrong", (Fact,), {}, subject=subject)


def test_a_subject_is_stated_by_one_class() -> None:
    with pytest.raises(ValueError, match="already stated by HubSeenV1"):
        type("Again", (Fact,), {}, subject=HubSeenV1.subject)


def test_an_abstract_fact_has_no_subject() -> None:
    class Shared(Fact):
        name: str

    assert Shared not in list(registered_facts())
    assert HubSeenV1.owner() == "hub"


def test_facts_are_ordered_by_subject() -> None:
    subjects = [fact.subject for fact in registered_facts()]
    assert subjects == sorted(subjects)


@given(st.dictionaries(st.text(max_size=5), st.one_of(st.integers(-9, 9), st.text(max_size=5), st.none()), max_size=5))
def test_a_documents_digest_does_not_depend_on_order(document: dict[str, Any]) -> None:
    reordered = dict(reversed(document.items()))
    assert document_digest(document) == document_digest(reordered)
    assert document_digest({**document, "more": 1}) != document_digest(document)


def _digest(recipients: list[Row]) -> str:
    digest = RecipientsDigest()
    for ordinal, address, values in recipients:
        digest.add(ordinal, address, values)
    return digest.hexdigest()


@given(rows, rows)
def test_equal_digests_mean_equal_recipients(one: list[Row], other: list[Row]) -> None:
    assert (_digest(one) == _digest(other)) is (one == other)


def test_where_a_value_ends_is_part_of_the_digest() -> None:
    assert _digest([(1, "a", ["b", "c"])]) != _digest([(1, "a", ["bc"])]) != _digest([(1, "ab", ["c"])])


class Missing(Problem):
    status, slug, title = 404, "missing", "Not there"


def test_a_problem_carries_its_facts_and_cannot_be_renamed_by_them() -> None:
    document = Missing("No such thing", thing_id=7, status=200, instance="/else").document("/api/v1/things/7")
    assert document == {
        "type": "urn:tutti:problem:missing",
        "title": "Not there",
        "status": 404,
        "detail": "No such thing",
        "instance": "/api/v1/things/7",
        "thing_id": 7,
    }


def test_wrong_fields_and_absent_neighbours() -> None:
    wrong = Invalid(("/a", "is missing"), ("/b/0", "is odd"))
    assert wrong.document("/x")["errors"] == [
        {"pointer": "/a", "detail": "is missing"},
        {"pointer": "/b/0", "detail": "is odd"},
    ]
    assert wrong.detail == "is missing; is odd"
    assert Unavailable("away", retry_after_seconds=3).retry_after_seconds == 3
