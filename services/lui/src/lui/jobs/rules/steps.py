"""The workflow: which step is open, done or to be revisited, computed from what is defined and nothing else."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from lui.audience.schemas import Usage
from lui.content.rules import unknown_fields
from lui.content.schemas import Link, MergeFieldOut
from lui.jobs.rules.tracking import Surroundings, tracking_problems
from lui.jobs.tracking import Tracking
from lui.jobs.words import Step, StepState
from lui.scheduling.rules import PAST, is_over
from lui.scheduling.schemas import Schedule
from lui.settings.rules import UNLIMITED, TrackingCap

_TESTED = (Step.RECIPIENTS, Step.CONTENT, Step.TRACKING, Step.SENDER)


@dataclass(frozen=True)
class StepProblem:
    """Why a step is not done; `code` for programs, `detail` for people."""

    code: str
    detail: str


@dataclass(frozen=True)
class Standing:
    """A step's state with what keeps it from being done."""

    state: StepState
    problems: tuple[StepProblem, ...] = ()


@dataclass(frozen=True)
class RecipientsFacts:
    """What the other steps need to know of the audience."""

    accepted: int
    columns: tuple[str, ...]
    usage: Usage
    identity: tuple[str, ...] = ()
    """Columns that say who somebody is."""
    snapshot_id: str | None = None


@dataclass(frozen=True)
class ContentFacts:
    """What the other steps need to know of the content."""

    merge_fields: tuple[MergeFieldOut, ...]
    links: tuple[Link, ...]
    has_html: bool


@dataclass(frozen=True)
class TestFacts:
    """A test that was sent, newest last; `verdict` is accepted, rejected or None."""

    fingerprint: str
    verdict: str | None

    __test__ = False


@dataclass(frozen=True)
class Checklist:
    """Everything the workflow is computed from; None is not defined."""

    now: datetime
    recipients: RecipientsFacts | None = None
    content: ContentFacts | None = None
    tracking: Tracking | None = None
    has_sender: bool = False
    sender_fields: tuple[str, ...] = ()
    """Merge fields in the sender's name and in the address for replies."""
    schedule: Schedule | None = None
    tests: tuple[TestFacts, ...] = ()
    fingerprint: str | None = None
    """Of what would be sent now."""
    authorized: bool = False
    cap: TrackingCap = UNLIMITED


def standings(checklist: Checklist) -> Mapping[Step, Standing]:
    """Where every step stands."""
    found = {
        Step.RECIPIENTS: _recipients(checklist),
        Step.CONTENT: _content(checklist),
        Step.TRACKING: _tracking(checklist),
        Step.SENDER: _sender(checklist),
    }
    found[Step.TEST] = _test(checklist, [found[step].state for step in _TESTED])
    found[Step.SCHEDULE] = _schedule(checklist)
    found[Step.AUTHORIZE] = _authorize(checklist, found)
    return found


def missing(steps: Mapping[Step, Standing], needed: Sequence[Step]) -> list[tuple[Step, StepProblem]]:
    """What stands between the job and the thing it needs these steps for."""
    found = []
    for step in needed:
        standing = steps[step]
        if standing.state is not StepState.DONE:
            problems = standing.problems or (_UNDONE[step],)
            found += [(step, problem) for problem in problems]
    return found


NEEDED_FOR_PREVIEW = (Step.RECIPIENTS, Step.CONTENT)
NEEDED_FOR_TEST = _TESTED
NEEDED_FOR_AUTHORIZE = (*_TESTED, Step.TEST, Step.SCHEDULE)

_UNDONE = {
    Step.RECIPIENTS: StepProblem("recipients-missing", "The recipients are not defined yet"),
    Step.CONTENT: StepProblem("content-missing", "The content is not written yet"),
    Step.TRACKING: StepProblem("tracking-missing", "The tracking is not chosen yet; off is a choice, too"),
    Step.SENDER: StepProblem("sender-missing", "The sender is not defined yet"),
    Step.TEST: StepProblem("test-missing", "No test was sent and accepted yet"),
    Step.SCHEDULE: StepProblem("schedule-missing", "It is not said yet when to send"),
}


def _standing(problems: Sequence[StepProblem]) -> Standing:
    return Standing(StepState.STALE if problems else StepState.DONE, tuple(problems))


_AVAILABLE = Standing(StepState.AVAILABLE)
_LOCKED = Standing(StepState.LOCKED)


def _recipients(checklist: Checklist) -> Standing:
    if checklist.recipients is None:
        return _AVAILABLE
    if checklist.recipients.accepted == 0:
        return _standing([StepProblem("nobody-accepted", "No row was accepted: there is nobody to write to")])
    return _standing([])


def _unknown(fields: Sequence[MergeFieldOut], recipients: RecipientsFacts | None) -> list[StepProblem]:
    if recipients is None:
        return []
    if recipients.usage is Usage.BULK:
        names = unknown_fields(fields, ())
        return [StepProblem("merge-in-bulk", f"{name} cannot be filled: recipients are used in bulk") for name in names]
    names = unknown_fields(fields, recipients.columns)
    return [StepProblem("unknown-merge-field", f"There is no column {name} to fill the merge field") for name in names]


def _content(checklist: Checklist) -> Standing:
    if checklist.content is None:
        return _AVAILABLE
    return _standing(_unknown(checklist.content.merge_fields, checklist.recipients))


def _sender(checklist: Checklist) -> Standing:
    if not checklist.has_sender:
        return _AVAILABLE
    fields = [MergeFieldOut(name=name, part="sender") for name in checklist.sender_fields]
    return _standing(_unknown(fields, checklist.recipients))


def _tracking(checklist: Checklist) -> Standing:
    if checklist.recipients is None or checklist.content is None:
        return _LOCKED
    if checklist.tracking is None:
        return _AVAILABLE
    around = surroundings(checklist.recipients, checklist.content, checklist.cap)
    problems = tracking_problems(checklist.tracking, around)
    return _standing([StepProblem("tracking-outdated", detail) for _, detail in problems])


def surroundings(recipients: RecipientsFacts, content: ContentFacts, cap: TrackingCap = UNLIMITED) -> Surroundings:
    """What the tracking choice depends on."""
    return Surroundings(
        links=content.links,
        has_html=content.has_html,
        columns=recipients.columns,
        merges=recipients.usage is Usage.MERGE,
        identity=recipients.identity,
        snapshot_id=recipients.snapshot_id,
        cap=cap,
    )


def _test(checklist: Checklist, prepared: Sequence[StepState]) -> Standing:
    current = [test for test in checklist.tests if test.fingerprint == checklist.fingerprint]
    ready = all(state is StepState.DONE for state in prepared)
    if ready and any(test.verdict == "accepted" for test in current):
        return _standing([])
    if any(test.verdict == "accepted" for test in checklist.tests):
        return _standing([StepProblem("test-outdated", "The job was changed after the test was accepted: test again")])
    if not ready:
        return _LOCKED
    if current and current[-1].verdict == "rejected":
        return Standing(StepState.AVAILABLE, (StepProblem("test-rejected", "The last test was rejected"),))
    if current:
        waiting = StepProblem("test-undecided", "A test was sent and is neither accepted nor rejected yet")
        return Standing(StepState.AVAILABLE, (waiting,))
    return _AVAILABLE


def _schedule(checklist: Checklist) -> Standing:
    if checklist.schedule is None:
        return _AVAILABLE
    # Once authorized the time is meant to come.
    if not checklist.authorized and is_over(checklist.schedule, now=checklist.now):
        return _standing([StepProblem("schedule-over", PAST.capitalize())])
    return _standing([])


def _authorize(checklist: Checklist, steps: Mapping[Step, Standing]) -> Standing:
    if checklist.authorized:
        return _standing([])
    return _LOCKED if missing(steps, NEEDED_FOR_AUTHORIZE) else _AVAILABLE
