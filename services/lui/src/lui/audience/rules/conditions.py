"""Conditions over bitsets: bit n of a whole number stands for one recipient."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from lui.audience.reacting import AllOf, AnyOf, Did, Question

_NEGATED = {Did.NOT_OPENED: Did.OPENED, Did.NOT_CLICKED: Did.CLICKED, Did.NOT_BOUNCED: Did.BOUNCED}

Answer = Callable[[Question], int]
"""Who did what a question asks, which is never a negated one."""


def affirmed(question: Question) -> Question:
    """The same question without its negation: whoever did not, is not among those who did."""
    did = _NEGATED.get(question.did)
    return question if did is None else question.model_copy(update={"did": did})


def matching(condition: AllOf | AnyOf | Question, answer: Answer, everybody: int) -> int:
    """The recipients out of `everybody` whom a condition fits."""
    if isinstance(condition, AllOf):
        found = everybody
        for part in condition.all:
            found &= matching(part, answer, everybody)
        return found
    if isinstance(condition, AnyOf):
        found = 0
        for part in condition.any:
            found |= matching(part, answer, everybody)
        return found
    yes = answer(affirmed(condition)) & everybody
    return everybody & ~yes if condition.did in _NEGATED else yes


@dataclass(frozen=True)
class Crowd:
    """The recipients of several audiences side by side: those of the first one at the front."""

    sizes: Sequence[int]
    same: Sequence[tuple[int, int]] = ()
    """Places of one person in two audiences, the one that counts first."""

    def offset(self, at: int) -> int:
        """What is added to an ordinal of audience `at`; ordinal 0 is nobody's."""
        return sum(size + 1 for size in self.sizes[:at])

    def everybody(self) -> int:
        """Every place where a person stands, each person once."""
        found = 0
        for at, size in enumerate(self.sizes):
            found |= ((1 << size) - 1) << (self.offset(at) + 1)
        return found & ~_bits(again for _, again in self.same)

    def placed(self, at: int, octets: bytes) -> int:
        """A bitset over the ordinals of audience `at` in its place; what stands beyond its end is nobody's."""
        inside = int.from_bytes(octets, "little") & (((1 << self.sizes[at]) - 1) << 1)
        return inside << self.offset(at)

    def joined(self, who: int) -> int:
        """Whoever did it in one audience did it in all: the place that counts is marked as well."""
        if not self.same:
            return who
        octets = who.to_bytes(self.offset(len(self.sizes)) // 8 + 1, "little")
        return who | _bits(kept for kept, again in self.same if octets[again >> 3] >> (again & 7) & 1)

    def part(self, at: int, who: int) -> bytes:
        """Those of audience `at`, as octets over its ordinals."""
        size = self.sizes[at]
        return ((who >> self.offset(at)) & ((1 << (size + 1)) - 1)).to_bytes(size // 8 + 1, "little")


def _bits(places: Iterable[int]) -> int:
    octets = bytearray()
    for place in places:
        if place >> 3 >= len(octets):
            octets.extend(bytes((place >> 3) + 1 - len(octets) + len(octets) // 2))
        octets[place >> 3] |= 1 << (place & 7)
    return int.from_bytes(octets, "little")
