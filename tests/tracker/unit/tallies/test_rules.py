from collections import Counter
from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as some

from common.contracts.lui import TrackingLevel
from tracker.tallies.rules import ANY_LINK, Counted, ReactionKind, movements

NOON = datetime(2026, 11, 22, 12, 7, 31, tzinfo=UTC)


def a_reaction(**given: object) -> Counted:
    usual: dict[str, object] = {
        "delivery_number": 1,
        "level": TrackingLevel.PERSONAL,
        "kind": ReactionKind.CLICK,
        "subject": 3,
        "link_number": 1,
        "part": "html",
        "at": NOON,
        "judgement": "human",
        "is_machine": False,
    }
    return Counted(**{**usual, **given})  # type: ignore[arg-type]


def test_two_clicks_of_one_recipient_are_two_clicks_and_one_person() -> None:
    moved = movements([a_reaction(), a_reaction(link_number=2)])

    assert moved.totals == {(1, "click"): 2}
    assert {key: sight.hits for key, sight in moved.seen.items()} == {
        (1, "click", 1, 3): 1,
        (1, "click", 2, 3): 1,
        (1, "click", ANY_LINK, 3): 2,
    }


def test_reactions_are_tallied_by_the_quarter_of_an_hour_and_at_blind_by_the_hour() -> None:
    moved = movements([a_reaction(), a_reaction(level=TrackingLevel.BLIND, subject=0, link_number=2)])

    assert {key[2]: key[3] for key in moved.tallies} == {
        1: NOON.replace(minute=0, second=0),
        2: NOON.replace(minute=0, second=0),
    }
    assert movements([a_reaction(at=NOON.replace(minute=59))]).tallies.keys() == {
        (1, "click", 1, NOON.replace(minute=45, second=0), "human", "html")
    }


def test_nobody_is_remembered_at_blind_and_anonymous() -> None:
    for level in (TrackingLevel.BLIND, TrackingLevel.ANONYMOUS):
        assert movements([a_reaction(level=level)]).seen == {}


def test_a_machine_does_not_make_a_recipient_a_person() -> None:
    later = NOON.replace(hour=13)
    moved = movements([a_reaction(is_machine=True, judgement="scanner"), a_reaction(at=later)])

    sight = moved.seen[1, "click", 1, 3]
    assert (sight.first_at, sight.first_human_at, sight.hits) == (NOON, later, 2)


REACTIONS = some.builds(
    a_reaction,
    kind=some.sampled_from(ReactionKind),
    subject=some.integers(1, 4),
    link_number=some.integers(0, 2),
    judgement=some.sampled_from(["human", "proxy"]),
    at=some.datetimes(datetime(2026, 1, 1), datetime(2026, 1, 3), timezones=some.just(UTC)),  # noqa: DTZ001
)


@given(some.lists(REACTIONS))
def test_every_reaction_is_in_every_sum_once(reactions: list[Counted]) -> None:
    moved = movements(reactions)

    assert moved.totals == Counter((1, reaction.kind) for reaction in reactions)
    assert moved.tallies.total() == len(reactions)
    any_link = sum(sight.hits for key, sight in moved.seen.items() if key[2] == ANY_LINK)
    assert any_link == len(reactions)
