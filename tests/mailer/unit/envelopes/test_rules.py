"""Where an envelope may go: no sequence of what can happen loses a recipient."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from common.contracts.mailer import BounceClass, EnvelopeState
from mailer.envelopes import rules
from mailer.envelopes.rules import NEVER, Ambiguity, Count, Entry, Outcome, Schedule, Settled, Terms

S = EnvelopeState
STORED = [state.value for state in EnvelopeState if state is not S.SENDING]
NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
EXPIRES = NOW + timedelta(hours=72)
SCHEDULE = Schedule([timedelta(minutes=minutes) for minutes in (5, 15, 30, 60, 120, 240)], timedelta(minutes=15))
TERMS = Terms(EXPIRES, SCHEDULE, "resend")


def test_every_state_has_its_moves_and_leads_somewhere_or_is_final() -> None:
    assert set(rules.MOVES) == set(EnvelopeState)
    assert {state for state, moves in rules.MOVES.items() if not moves} == {S.SUPPRESSED, S.COMPLAINED}


def test_what_was_sent_is_never_queued_again() -> None:
    reachable, open_states = set(), [S.SENT]
    while open_states:
        state = open_states.pop()
        reachable.add(state)
        open_states += [each for each in rules.MOVES[state] if each not in reachable]
    assert not reachable & {S.QUEUED, S.SENDING, S.DEFERRED}


def test_a_doubt_is_never_called_cancelled_or_expired() -> None:
    assert not rules.MOVES[S.IN_DOUBT] & {S.CANCELLED, S.EXPIRED, S.REFUSED, S.SUPPRESSED}


def test_from_every_unfinished_state_an_end_can_be_reached() -> None:
    for start in rules.UNFINISHED:
        seen, todo = {start}, [start]
        while todo:
            new = [each for each in rules.MOVES[todo.pop()] if each not in seen]
            seen.update(new)
            todo += new
        assert seen - rules.UNFINISHED


@pytest.mark.parametrize("now", list(EnvelopeState))
@pytest.mark.parametrize("to", list(EnvelopeState))
def test_only_the_moves_of_the_table_are_made(now: EnvelopeState, to: EnvelopeState) -> None:
    if to in rules.MOVES[now]:
        assert rules.move(now, to) is to
        assert now in rules.sources_of(to)
    else:
        with pytest.raises(rules.ForbiddenMove):
            rules.move(now, to)


def test_outcomes_survive_the_way_through_the_send_log() -> None:
    for state in (S.SENT, S.DEFERRED, S.REFUSED, S.IN_DOUBT):
        entry = rules.entry_for(state)
        assert entry is not None
        assert rules.state_for(entry) is state
    assert rules.entry_for(S.SUPPRESSED) is None
    assert rules.state_for(Entry.INTENT) is None
    assert rules.state_for(Entry.WITHDRAWN) is None
    assert rules.state_for(Entry.RESOLVED) is S.SENT


@pytest.mark.parametrize(("attempts", "minutes"), [(0, 5), (1, 5), (2, 15), (6, 240), (9, 240)])
def test_the_waits_grow_and_then_repeat(attempts: int, minutes: int) -> None:
    assert SCHEDULE.next_attempt_at(NOW, attempts, EXPIRES) == NOW + timedelta(minutes=minutes)


def test_what_would_be_due_after_the_end_has_expired() -> None:
    assert SCHEDULE.next_attempt_at(EXPIRES - timedelta(minutes=1), 1, EXPIRES) is None


def settled(state: EnvelopeState, attempts: int = 1, doubts: int = 0, now: datetime = NOW) -> Settled:
    return rules.settle(Outcome(state), Count(attempts, doubts), now=now, terms=TERMS)


def test_outcomes_lead_where_they_should() -> None:
    assert settled(S.SENT) == Settled(S.SENT)
    assert settled(S.REFUSED) == Settled(S.REFUSED)
    assert settled(S.DEFERRED) == Settled(S.DEFERRED, NOW + timedelta(minutes=5))
    assert settled(S.DEFERRED, now=EXPIRES) == Settled(S.EXPIRED)
    assert settled(S.IN_DOUBT, doubts=1) == Settled(S.IN_DOUBT, NOW + timedelta(minutes=15))
    assert settled(S.IN_DOUBT, doubts=2) == Settled(S.SENT)


def test_an_ambiguous_envelope_is_repeated_at_once_only_when_nobody_can_answer_any_more() -> None:
    quarantine = timedelta(minutes=5)

    def decided(*, gone: bool, after: timedelta, policy: str = "resend") -> Settled:
        return rules.decide(Ambiguity(NOW, gone), now=NOW + after, quarantine=quarantine, policy=policy)

    assert decided(gone=True, after=timedelta(0)) == Settled(S.QUEUED)
    assert decided(gone=False, after=timedelta(0)) == Settled(S.IN_DOUBT, NOW + quarantine)
    assert decided(gone=False, after=quarantine) == Settled(S.QUEUED)
    assert decided(gone=True, after=timedelta(0), policy="skip") == Settled(S.SENT)
    assert decided(gone=True, after=timedelta(0), policy="ask") == Settled(S.IN_DOUBT, NEVER)


@given(
    st.lists(
        st.dictionaries(st.sampled_from([s.value for s in EnvelopeState if s is not S.SENDING]), st.integers(0, 1000))
    ),
    st.integers(0, 50),
)
def test_totals_add_up_whatever_is_in_hand(pages: list[dict[str, int]], in_hand: int) -> None:
    counts = rules.totals(pages, in_hand)
    assert sum(counts.values()) == sum(sum(page.values()) for page in pages)
    assert counts[S.SENDING] <= in_hand
    assert all(count >= 0 for count in counts.values())


def test_a_delivery_is_finished_when_nothing_is_left_to_act_on() -> None:
    assert rules.is_finished({S.SENT: 3, S.REFUSED: 1})
    for state in rules.UNFINISHED:
        assert not rules.is_finished({S.SENT: 3, state: 1})


class Ledger(RuleBasedStateMachine):
    """Envelopes under everything that can happen, in any order; the receiver counts what really arrived."""

    @initialize(count=st.integers(1, 6))
    def begin(self, count: int) -> None:
        self.states = [S.QUEUED] * count
        self.attempts = [0] * count
        self.doubts = [0] * count
        self.arrived = [0] * count
        self.crashes = [0] * count
        self.is_open = [False] * count
        self.now = NOW

    def _go(self, index: int, to: EnvelopeState) -> None:
        self.states[index] = rules.move(self.states[index], to)

    @rule(index=st.integers(0, 5))
    def claim(self, index: int) -> None:
        index %= len(self.states)
        if self.states[index] in rules.DUE:
            self._go(index, S.SENDING)

    @rule(index=st.integers(0, 5), how=st.sampled_from([S.SENT, S.DEFERRED, S.REFUSED, S.IN_DOUBT]), took=st.booleans())
    def answer(self, index: int, how: EnvelopeState, took: bool) -> None:  # noqa: FBT001
        index %= len(self.states)
        if self.states[index] is not S.SENDING:
            return
        self.arrived[index] += how is S.SENT or (how is S.IN_DOUBT and took)
        self.attempts[index] += 1
        self.doubts[index] += how is S.IN_DOUBT
        count = Count(self.attempts[index], self.doubts[index])
        outcome = rules.settle(Outcome(how), count, now=self.now, terms=TERMS)
        self._go(index, outcome.state)

    @rule(index=st.integers(0, 5), took=st.booleans())
    def crash(self, index: int, took: bool) -> None:  # noqa: FBT001
        index %= len(self.states)
        if self.states[index] is S.SENDING:
            self.arrived[index] += took
            self.crashes[index] += 1
            decided = rules.decide(Ambiguity(self.now, True), now=self.now, quarantine=timedelta(1), policy="resend")
            self._go(index, decided.state)

    @rule(index=st.integers(0, 5))
    def deny(self, index: int) -> None:
        index %= len(self.states)
        if self.states[index] is S.SENDING:
            self._go(index, S.QUEUED)

    @rule(hours=st.integers(1, 40))
    def wait(self, hours: int) -> None:
        self.now += timedelta(hours=hours)

    @rule()
    def cancel(self) -> None:
        for index, state in enumerate(self.states):
            if state in rules.CANCELLABLE:
                self._go(index, S.CANCELLED)

    @rule()
    @precondition(lambda self: any(state in rules.RETRYABLE for state in self.states))
    def retry(self) -> None:
        for index, state in enumerate(self.states):
            if state in rules.RETRYABLE:
                self._go(index, S.QUEUED)
                self.attempts[index] = 0

    @invariant()
    def nobody_is_lost_or_served_twice_without_a_reason(self) -> None:
        for index, state in enumerate(getattr(self, "states", [])):
            assert state in EnvelopeState
            if state is S.SENT:
                assert self.arrived[index] or self.doubts[index] > 1
            if state in rules.CANCELLABLE | rules.RETRYABLE and not self.crashes[index] and not self.doubts[index]:
                assert not self.arrived[index]
            assert self.arrived[index] <= 1 + self.crashes[index] + self.doubts[index]


TestLedger = Ledger.TestCase
TestLedger.settings = settings(max_examples=150, stateful_step_count=40, deadline=None)


def test_classes_are_the_contracts() -> None:
    assert Outcome(S.REFUSED, bounce_class=BounceClass.POLICY).bounce_class == "policy"


@pytest.mark.parametrize(
    ("in_doubt", "left"),
    [
        ("resend", Settled(S.IN_DOUBT, NOW + timedelta(minutes=15))),
        ("skip", Settled(S.SENT)),
        ("ask", Settled(S.IN_DOUBT, NEVER)),
    ],
)
def test_a_break_behind_the_dot_is_left_to_the_deliverys_own_policy(in_doubt: str, left: Settled) -> None:
    terms = Terms(EXPIRES, SCHEDULE, in_doubt)
    assert rules.settle(Outcome(S.IN_DOUBT), Count(1, 1), now=NOW, terms=terms) == left
