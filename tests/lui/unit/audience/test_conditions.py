"""Conditions over bits find whom the same condition over people would find."""

from hypothesis import given
from hypothesis import strategies as some

from lui.audience.reacting import AllOf, AnyOf, Did, Question
from lui.audience.rules.conditions import Crowd, affirmed, matching

_SIZE = 12
_PAIRS = {
    Did.OPENED: Did.NOT_OPENED,
    Did.CLICKED: Did.NOT_CLICKED,
    Did.BOUNCED: Did.NOT_BOUNCED,
}
_QUESTIONS = some.sampled_from(
    [Question(did=did) for pair in _PAIRS.items() for did in pair] + [Question(did=Did.ACTED)]
)
_CONDITIONS = some.recursive(
    _QUESTIONS,
    lambda inner: some.one_of(
        some.lists(inner, min_size=1, max_size=3).map(lambda parts: AllOf(all=tuple(parts))),
        some.lists(inner, min_size=1, max_size=3).map(lambda parts: AnyOf(any=tuple(parts))),
    ),
    max_leaves=8,
)
_PEOPLE = some.sets(some.integers(1, _SIZE + 5))
"""Some stand beyond the end of the audience, as in a bitset that is longer than it has to be."""


def fits(condition: AllOf | AnyOf | Question, done: dict[Did, set[int]], person: int) -> bool:
    """What the condition means, in so many words."""
    if isinstance(condition, AllOf):
        return all(fits(part, done, person) for part in condition.all)
    if isinstance(condition, AnyOf):
        return any(fits(part, done, person) for part in condition.any)
    if condition.did in done:
        return person in done[condition.did]
    return person not in done[affirmed(condition).did]


def octets(people: set[int]) -> bytes:
    """As tracker answers: bit n, least significant first, is ordinal n."""
    return sum(1 << person for person in people).to_bytes(4, "little")


@given(_CONDITIONS, some.fixed_dictionaries(dict.fromkeys([*_PAIRS, Did.ACTED], _PEOPLE)))
def test_a_condition_finds_whom_it_means_and_nobody_from_elsewhere(
    condition: AllOf | AnyOf | Question, done: dict[Did, set[int]]
) -> None:
    crowd = Crowd([_SIZE])
    answers = {Question(did=did): crowd.placed(0, octets(people)) for did, people in done.items()}
    found = crowd.part(0, matching(condition, answers.__getitem__, crowd.everybody()))
    expected = {person for person in range(1, _SIZE + 1) if fits(condition, done, person)}
    assert found == octets(expected)[: len(found)]
    assert int.from_bytes(found, "little").bit_count() == len(expected)


@given(some.lists(some.integers(0, 20), min_size=1, max_size=4), some.data())
def test_audiences_side_by_side_keep_their_people_apart(sizes: list[int], data: some.DataObject) -> None:
    crowd = Crowd(sizes)
    chosen = [data.draw(some.sets(some.integers(1, size))) if size else set() for size in sizes]
    who = 0
    for at, people in enumerate(chosen):
        who |= crowd.placed(at, octets(people))
    assert who & ~crowd.everybody() == 0
    for at, people in enumerate(chosen):
        assert int.from_bytes(crowd.part(at, who), "little") == int.from_bytes(octets(people), "little")


def test_somebody_who_is_in_two_audiences_counts_once_and_did_what_was_done_in_either() -> None:
    crowd = Crowd([3, 2], same=[(2, 4 + 1)])  # the second of the newer one is the first of the older one
    assert crowd.everybody().bit_count() == 4
    done = crowd.joined(crowd.placed(1, octets({1})))
    assert crowd.part(0, done & crowd.everybody()) == bytes([1 << 2])
    assert crowd.part(1, done & crowd.everybody()) == bytes([0])
