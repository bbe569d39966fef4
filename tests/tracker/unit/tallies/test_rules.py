from collections import Counter
from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as some

from common.contracts.lui import TrackingLevel
from tests.support.builders.tracker import a_link, a_plan
from tracker.tallies.rules import ANY_LINK, ReactionKind, Thing, bits, instant, milliseconds, movements, thing_of

NOON = datetime(2026, 11, 22, 12, 7, 31, tzinfo=UTC)
LINKS = (a_link(1), a_link(2, part="text", alias="home"), a_link(3, alias="home"))
Added = tuple[Thing, int, int, str, bool]


def a_reaction(
    link: int = 1,
    *,
    level: TrackingLevel = TrackingLevel.PERSONAL,
    kind: ReactionKind = ReactionKind.CLICK,
    subject: int = 3,
    at: datetime = NOON,
    judgement: str = "human",
) -> Added:
    thing = thing_of(a_plan(1, level, LINKS), kind, link)
    return thing, subject, milliseconds(at), judgement, judgement != "human"


def test_two_clicks_of_one_recipient_are_two_clicks_and_one_person() -> None:
    moved = movements([a_reaction(), a_reaction(2)])

    assert moved.totals == {(1, "click"): 2}
    assert {key: sight.hits for key, sight in moved.seen.items()} == {
        (1, "click", 1, 3): 1,
        (1, "click", -1, 3): 1,  # any link in HTML
        (1, "click", 2, 3): 1,
        (1, "click", -2, 3): 1,  # any link in text
        (1, "click", -3, 3): 1,  # the alias that links 2 and 3 share
        (1, "click", ANY_LINK, 3): 2,
    }


def test_an_open_and_an_action_count_under_what_they_are() -> None:
    opened = movements([a_reaction(0, kind=ReactionKind.OPEN)])
    acted = movements([a_reaction(7, kind=ReactionKind.ACTION)])

    assert opened.seen.keys() == {(1, "open", 0, 3)}
    assert acted.seen.keys() == {(1, "action", 0, 3), (1, "action", 7, 3)}


def test_a_link_that_the_plan_does_not_know_is_a_click_all_the_same() -> None:
    assert movements([a_reaction(99)]).seen.keys() == {(1, "click", 0, 3), (1, "click", 99, 3)}


def test_reactions_are_tallied_by_the_quarter_of_an_hour_at_personal_and_elsewhere_by_the_hour() -> None:
    late = NOON.replace(minute=59)
    for level in TrackingLevel:
        (key,) = movements([a_reaction(level=level, at=late)]).tallies
        minute = 45 if level is TrackingLevel.PERSONAL else 0
        assert key == (1, "click", 1, NOON.replace(minute=minute, second=0), "human", "html")


def test_nobody_is_remembered_at_blind_and_nobody_who_did_not_consent() -> None:
    assert movements([a_reaction(level=TrackingLevel.BLIND)]).seen == {}
    for level in (TrackingLevel.UNIQUE, TrackingLevel.ANONYMOUS, TrackingLevel.PERSONAL):
        moved = movements([a_reaction(level=level, subject=0)])
        assert moved.seen == {}
        assert moved.totals == {(1, "click"): 1}


def test_at_anonymous_profiles_are_remembered_and_are_not_people() -> None:
    opens = [
        a_reaction(0, kind=ReactionKind.OPEN, level=TrackingLevel.ANONYMOUS, subject=profile << 32 | pseudonym)
        for profile, pseudonym in ((5, 1), (5, 2), (0, 3))
    ]

    moved = movements(opens)

    assert {key: sight.hits for key, sight in moved.seen.items()} == {(1, "open", 0, 5): 2, (1, "open", 0, 0): 1}
    assert moved.periods == {}


def test_a_machine_does_not_make_a_recipient_a_person() -> None:
    later = NOON.replace(hour=13)
    moved = movements([a_reaction(judgement="scanner"), a_reaction(at=later)])

    sight = moved.seen[1, "click", 1, 3]
    assert (sight.first_at, sight.first_human_at, sight.hits) == (NOON, later, 2)


REACTIONS = some.builds(
    a_reaction,
    some.integers(0, 3),
    kind=some.sampled_from(ReactionKind),
    subject=some.integers(1, 4),
    judgement=some.sampled_from(["human", "proxy"]),
    at=some.datetimes(datetime(2026, 1, 1), datetime(2026, 1, 3), timezones=some.just(UTC)),  # noqa: DTZ001
)


@given(some.lists(REACTIONS))
def test_every_reaction_is_in_every_sum_once(reactions: list[Added]) -> None:
    moved = movements(reactions)

    assert moved.totals == Counter((1, thing.kind) for thing, *_ in reactions)
    assert moved.tallies.total() == len(reactions)
    any_link = sum(sight.hits for key, sight in moved.seen.items() if key[2] == ANY_LINK)
    assert any_link == len(reactions)


@given(some.datetimes(datetime(1999, 1, 1), datetime(2200, 1, 1), timezones=some.just(UTC)))  # noqa: DTZ001
def test_milliseconds_are_exact(at: datetime) -> None:
    assert instant(milliseconds(at)) == at.replace(microsecond=at.microsecond // 1000 * 1000)


@given(some.sets(some.integers(1, 2000)))
def test_bits_are_the_ordinals(ordinals: set[int]) -> None:
    number = int.from_bytes(bits(sorted(ordinals)), "little")

    assert {n for n in range(2001) if number >> n & 1} == ordinals
