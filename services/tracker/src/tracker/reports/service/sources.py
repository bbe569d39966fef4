"""A source of a question in terms of plans and counters."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from common.contracts.lui import DeliveryKind
from common.messaging.unit_of_work import UnitOfWork
from tracker.plans import service as plans
from tracker.plans.groups import ANY
from tracker.plans.plan import Plan
from tracker.reactions import service as reactions
from tracker.reports.query_schemas import SourceIn, WantedIn
from tracker.reports.rules.targets import Meaning, Part, labelled, meaning, people_counter
from tracker.tallies.reading import Pair, Selection

_PARTS: dict[str, Part] = {"clicks_html": "html", "clicks_text": "text"}
_KINDS = {"opens": "open", "actions": "action"}


@dataclass(frozen=True)
class Source:
    """What is counted, in the live deliveries that are known here."""

    asked: SourceIn
    wanted: WantedIn
    plans: Sequence[Plan]

    @property
    def kind(self) -> str:
        """The kind of reaction."""
        return _KINDS.get(self.asked.event, "click")

    @property
    def part(self) -> Part | None:
        """The part of the message, where only one counts."""
        return _PARTS.get(self.asked.event)

    @property
    def is_forgotten(self) -> bool:
        """Whether single recipients of some delivery are not known any more."""
        return any(plan.forgotten_at is not None for plan in self.plans)

    @cached_property
    def meanings(self) -> Mapping[int, Meaning]:
        """What the labels mean, by delivery number."""
        return {plan.delivery_number: self._meaning(plan, self.asked.labels) for plan in self.plans}

    def _meaning(self, plan: Plan, labels: Collection[str] | None) -> Meaning:
        if self.kind == "action":
            return Meaning(None if self.asked.tags is None else frozenset(self.asked.tags), None)
        if self.kind == "open":
            return Meaning(None, None)
        return meaning(plan.links, labels, self.part)

    @property
    def selection(self) -> Selection:
        """The counters that add up to the source."""
        chosen = self.asked.tags if self.kind == "action" else self.asked.labels
        pairs = None if chosen is None else tuple(self._pairs(self.meanings))
        return self._selection(pairs, self.part)

    def _selection(self, pairs: tuple[Pair, ...] | None, part: Part | None) -> Selection:
        numbers = tuple(plan.delivery_number for plan in self.plans)
        return Selection(self.kind, numbers, pairs, part, self.wanted.start, self.wanted.end)

    def people_of(self, labels: Collection[str] | None) -> tuple[Selection, bool]:
        """Where the people of some labels are seen, and whether a counter has exactly them."""
        pairs: list[Pair] = []
        is_counted = True
        for plan in self.plans:
            meant = self.meanings[plan.delivery_number] if labels is None else self._meaning(plan, labels)
            counter = self._counter(plan, meant)
            if counter is not None:
                pairs.append((plan.delivery_number, counter))
            elif meant.links:
                is_counted = False
                pairs += [(plan.delivery_number, link) for link in sorted(meant.links)]
        return self._selection(tuple(pairs), None), is_counted

    def people_of_tag(self, number: int) -> tuple[Selection, bool]:
        """Where the people of one action tag are seen."""
        return self._selection(tuple((plan.delivery_number, number) for plan in self.plans), None), True

    def _counter(self, plan: Plan, meant: Meaning) -> int | None:
        if self.kind == "click":
            return people_counter(plan.links, plan.alias_groups, meant)
        if meant.links is None:
            return ANY
        return next(iter(meant.links)) if len(meant.links) == 1 else None

    @cached_property
    def labels(self) -> Mapping[str, Mapping[int, frozenset[int]]]:
        """Link numbers by label and delivery, in order of first occurrence."""
        found: dict[str, dict[int, frozenset[int]]] = {}
        for plan in self.plans if self.kind == "click" else ():
            for label, numbers in labelled(plan.links, self.asked.labels, self.part).items():
                found.setdefault(label, {})[plan.delivery_number] = numbers
        return found

    @property
    def unknown_labels(self) -> list[str]:
        """Labels asked for that none of the plans has."""
        return [label for label in self.asked.labels or () if label not in self.labels]

    @staticmethod
    def _pairs(meanings: Mapping[int, Meaning]) -> list[Pair]:
        return [(number, link) for number, meant in meanings.items() for link in sorted(meant.links or ())]


async def read_sources(uow: UnitOfWork, wanted: WantedIn) -> list[Source]:
    """The sources with the plans of their live deliveries; a delivery not known here has had no reactions."""
    ids = {str(each) for source in wanted.sources for each in source.delivery_ids}
    known = {plan.delivery_id: plan for plan in await plans.plans_of(uow, ids) if plan.kind is DeliveryKind.LIVE}
    return [
        Source(asked, wanted, [known[str(each)] for each in dict.fromkeys(asked.delivery_ids) if str(each) in known])
        for asked in wanted.sources
    ]


async def rules_version(uow: UnitOfWork, sources: Sequence[Source]) -> int:
    """The oldest rule set by which any of the reactions may have been judged."""
    numbers = {plan.delivery_number for source in sources for plan in source.plans}
    return await reactions.rules_in_force(uow, numbers)
