from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from common.contracts.lui import TrackingLevel
from lui.audience.schemas import Usage
from lui.content.schemas import Link, MergeFieldOut
from lui.jobs.rules.steps import (
    NEEDED_FOR_AUTHORIZE,
    NEEDED_FOR_TEST,
    Checklist,
    ContentFacts,
    RecipientsFacts,
    TestFacts,
    missing,
    standings,
)
from lui.jobs.tracking import Tracking
from lui.jobs.words import Clicks, Step, StepState
from lui.scheduling.schemas import Schedule, ScheduleMode

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
LINK = Link(id="1", part="html", url="https://example.org/", alias=None, personal=False)
RECIPIENTS = RecipientsFacts(3, ("email", "name"), Usage.MERGE)
CONTENT = ContentFacts((MergeFieldOut(name="name", part="html"),), (LINK,), has_html=True)
TRACKING = Tracking(level=TrackingLevel.PERSONAL, opens=True, clicks=Clicks.ALL, links=(), identify_by=None)
IMMEDIATE = Schedule(mode=ScheduleMode.IMMEDIATE, at=None, time_zone=None, due_at=None, note=None)
ACCEPTED = TestFacts("f1", "accepted")
READY = Checklist(
    now=NOW,
    recipients=RECIPIENTS,
    content=CONTENT,
    tracking=TRACKING,
    has_sender=True,
    schedule=IMMEDIATE,
    tests=(ACCEPTED,),
    fingerprint="f1",
)


def state(checklist: Checklist, step: Step) -> StepState:
    return standings(checklist)[step].state


def codes(checklist: Checklist, step: Step) -> list[str]:
    return [problem.code for problem in standings(checklist)[step].problems]


def test_a_new_job_opens_four_steps() -> None:
    found = standings(Checklist(now=NOW))
    opened = {step for step, standing in found.items() if standing.state is StepState.AVAILABLE}
    assert opened == {Step.RECIPIENTS, Step.CONTENT, Step.SENDER, Step.SCHEDULE}
    assert all(found[step].state is StepState.LOCKED for step in set(Step) - opened)
    assert list(found) == list(Step)


def test_when_everything_is_there_only_the_word_is_missing() -> None:
    found = standings(READY)
    assert {step for step in Step if found[step].state is not StepState.DONE} == {Step.AUTHORIZE}
    assert found[Step.AUTHORIZE].state is StepState.AVAILABLE
    assert missing(found, NEEDED_FOR_AUTHORIZE) == []


def test_an_authorized_job_is_done_throughout() -> None:
    found = standings(replace(READY, authorized=True))
    assert {standing.state for standing in found.values()} == {StepState.DONE}


@pytest.mark.parametrize("lacking", ["recipients", "content"])
def test_tracking_needs_recipients_and_content(lacking: str) -> None:
    changes: dict[str, Any] = {lacking: None}
    assert state(replace(READY, **changes), Step.TRACKING) is StepState.LOCKED


@pytest.mark.parametrize("lacking", ["recipients", "content", "tracking", "has_sender"])
def test_a_test_needs_everything_it_shows(lacking: str) -> None:
    changes: dict[str, Any] = {lacking: None}
    assert state(replace(READY, tests=(), **changes), Step.TEST) is StepState.LOCKED
    assert missing(standings(replace(READY, tests=(), **changes)), NEEDED_FOR_TEST)


def test_nobody_accepted_is_nobody_to_write_to() -> None:
    nobody = replace(READY, recipients=replace(RECIPIENTS, accepted=0))
    assert codes(nobody, Step.RECIPIENTS) == ["nobody-accepted"]


def test_losing_a_column_makes_the_content_stale() -> None:
    fewer = replace(READY, recipients=replace(RECIPIENTS, columns=("email",)))
    assert (state(fewer, Step.CONTENT), codes(fewer, Step.CONTENT)) == (StepState.STALE, ["unknown-merge-field"])


def test_content_written_before_the_recipients_is_not_doubted() -> None:
    assert state(replace(READY, recipients=None), Step.CONTENT) is StepState.DONE


def test_bulk_fills_no_merge_field() -> None:
    bulk = replace(READY, recipients=replace(RECIPIENTS, usage=Usage.BULK))
    assert codes(bulk, Step.CONTENT) == ["merge-in-bulk"]
    assert state(bulk, Step.TRACKING) is StepState.STALE


def test_another_link_list_makes_a_chosen_link_stale() -> None:
    chosen = replace(READY, tracking=TRACKING.model_copy(update={"clicks": Clicks.CHOSEN, "links": (LINK,)}))
    assert state(chosen, Step.TRACKING) is StepState.DONE
    moved = replace(chosen, content=replace(CONTENT, links=()))
    assert codes(moved, Step.TRACKING) == ["tracking-outdated"]


def test_without_a_choice_tracking_waits_for_one() -> None:
    assert state(replace(READY, tracking=None), Step.TRACKING) is StepState.AVAILABLE


def test_an_edit_makes_the_accepted_test_stale() -> None:
    edited = replace(READY, fingerprint="f2")
    assert (state(edited, Step.TEST), codes(edited, Step.TEST)) == (StepState.STALE, ["test-outdated"])
    assert state(edited, Step.AUTHORIZE) is StepState.LOCKED


@pytest.mark.parametrize(
    ("verdict", "code"), [(None, ["test-undecided"]), ("rejected", ["test-rejected"]), ("other", ["test-undecided"])]
)
def test_a_test_without_a_yes_opens_nothing(verdict: str | None, code: list[str]) -> None:
    undecided = replace(READY, tests=(TestFacts("f1", verdict),))
    assert (state(undecided, Step.TEST), codes(undecided, Step.TEST)) == (StepState.AVAILABLE, code)


def test_a_test_of_something_else_counts_for_nothing() -> None:
    assert state(replace(READY, tests=(TestFacts("f0", None),)), Step.TEST) is StepState.AVAILABLE
    assert codes(replace(READY, tests=(TestFacts("f0", None),)), Step.TEST) == []


def test_a_time_that_went_by_needs_another_one_unless_authorized() -> None:
    over = IMMEDIATE.model_copy(update={"mode": ScheduleMode.AT, "due_at": NOW - timedelta(minutes=1)})
    assert codes(replace(READY, schedule=over), Step.SCHEDULE) == ["schedule-over"]
    assert state(replace(READY, schedule=over, authorized=True), Step.SCHEDULE) is StepState.DONE


def test_what_is_missing_is_told_step_by_step() -> None:
    found = missing(standings(replace(READY, schedule=None, fingerprint="f2")), NEEDED_FOR_AUTHORIZE)
    assert [(step, problem.code) for step, problem in found] == [
        (Step.TEST, "test-outdated"),
        (Step.SCHEDULE, "schedule-missing"),
    ]
