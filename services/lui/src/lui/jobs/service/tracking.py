"""The tracking step: choosing, and what to know before choosing."""

from collections.abc import Sequence
from dataclasses import dataclass

from common.contracts.lui import TrackingLevel
from common.contracts.problem import Invalid
from common.http.bearer import Caller
from common.messaging.unit_of_work import UnitOfWork
from lui.audience import service as audience
from lui.audience.rules.profiles import Profiles
from lui.jobs.errors import StepLocked, StepNotDefined
from lui.jobs.rules.steps import RecipientsFacts, surroundings
from lui.jobs.rules.tracking import Errors, chosen_tracking, tracking_problems
from lui.jobs.rules.tracking_words import tracking_warnings
from lui.jobs.service.define import begin_edit, store_step
from lui.jobs.service.load import Edit, LoadedJob, load_job
from lui.jobs.tracking import Counted, ProfilesIn, Tracking, TrackingIn
from lui.jobs.words import Step, StepState
from lui.settings.service import TrackingCap

_CONSENT_WORDS = ("consent", "tracking", "optin", "permission", "einwilligung")


@dataclass(frozen=True)
class Choices:
    """What a job's tracking can be chosen from."""

    recipients: RecipientsFacts
    cap: TrackingCap
    merges: bool
    suggested_consent_column: str | None


async def choose_tracking(uow: UnitOfWork, edit: Edit, asked: TrackingIn) -> LoadedJob:
    """Choose what is tracked. Raises StepLocked, and Invalid pointing at what does not fit."""
    found = await begin_edit(uow, edit, Step.TRACKING)
    recipients, content = found.prepared.recipients, found.prepared.content_facts()
    if recipients is None or content is None:
        standing = found.standings
        lacking = [
            step.value for step in (Step.RECIPIENTS, Step.CONTENT) if standing[step].state is StepState.AVAILABLE
        ]
        raise StepLocked(f"Define {' and '.join(lacking)} first", step=Step.TRACKING.value, needs=lacking)
    choice, errors = chosen_tracking(asked, content.links)
    if choice is not None:
        errors = tracking_problems(choice, surroundings(recipients.facts(), content, found.cap))
    if choice is None or errors:
        raise Invalid(*errors)
    choice = await _counted(uow, choice, recipients.snapshot.id)
    return await store_step(uow, edit, found, Step.TRACKING, choice.model_dump(mode="json"))


async def _counted(uow: UnitOfWork, choice: Tracking, snapshot_id: str) -> Tracking:
    if not choice.profile_columns and choice.consent_column is None:
        return choice
    common = await audience.count_common(uow, snapshot_id, choice.profile_columns, choice.consent_column)
    profiles = common.profiles or Profiles((), 0, 0)
    counted = Counted(
        snapshot_id=snapshot_id,
        people=common.people,
        consenting=common.consenting,
        profiles=tuple(values for values, _ in profiles.kept),
        smallest=profiles.kept[-1][1] if profiles.kept else None,
        merged_profiles=profiles.merged_profiles,
        merged_people=profiles.merged_people,
    )
    return choice.model_copy(update={"counted": counted})


async def count_profiles(uow: UnitOfWork, job_id: str, asked: ProfilesIn, *, by: Caller) -> audience.Common:
    """What a choice of columns would make of the recipients. Raises JobNotFound, StepNotDefined, Invalid."""
    recipients = (await load_job(uow, job_id, by=by)).prepared.recipients
    if recipients is None:
        raise StepNotDefined("The step recipients is not defined yet", step=Step.RECIPIENTS.value)
    named = [(f"/profile_columns/{at}", name) for at, name in enumerate(asked.profile_columns)]
    if asked.consent_column is not None:
        named.append(("/consent_column", asked.consent_column))
    columns = recipients.snapshot.columns
    errors: Errors = [(pointer, f"there is no column {name}") for pointer, name in named if name not in columns]
    if errors:
        raise Invalid(*errors)
    wanted = list(dict.fromkeys(asked.profile_columns))
    return await audience.count_common(uow, recipients.snapshot.id, wanted, asked.consent_column)


async def tracking_choices(uow: UnitOfWork, job_id: str, *, by: Caller) -> Choices:
    """What can be chosen for a job. Raises JobNotFound, StepNotDefined."""
    found = await load_job(uow, job_id, by=by)
    if found.prepared.recipients is None:
        raise StepNotDefined("The step recipients is not defined yet", step=Step.RECIPIENTS.value)
    facts = found.prepared.recipients.facts()
    return Choices(facts, found.cap, bool(found.prepared.recipients.merges), _suggested(facts.columns))


def _suggested(columns: Sequence[str]) -> str | None:
    def plain(name: str) -> str:
        return "".join(character for character in name.casefold() if character.isalnum())

    return next((name for name in columns if any(word in plain(name) for word in _CONSENT_WORDS)), None)


def level_reason(choices: Choices, level: TrackingLevel) -> str | None:
    """Why this job cannot have a level, in plain words, or None."""
    if not choices.merges and level not in {TrackingLevel.OFF, TrackingLevel.BLIND}:
        return "Recipients used in bulk can be tracked blind or not at all"
    return choices.cap.level_reason(level)


def tracking_warnings_of(found: LoadedJob) -> list[str]:
    """What the author should know of the tracking chosen."""
    prepared = found.prepared
    content = prepared.content_facts()
    if prepared.tracking is None or prepared.recipients is None or content is None:
        return []
    return tracking_warnings(prepared.tracking, surroundings(prepared.recipients.facts(), content, found.cap))
