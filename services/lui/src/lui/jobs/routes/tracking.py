"""The tracking step over HTTP."""

from typing import Annotated

from fastapi import APIRouter, Depends, Response

from common.contracts.lui import TrackingLevel
from common.contracts.problem import Invalid
from common.http.bearer import CallerDep, requires, signed_in
from common.http.etags import IfMatch, PreconditionFailed
from common.http.problems import problems
from common.http.work import Read, Work
from lui.audience.rules.profiles import MAX_PROFILE_COLUMNS, MAX_PROFILES, SMALLEST_PROFILE, Profiles
from lui.jobs import service
from lui.jobs.errors import JobNotEditable, JobNotFound, StepLocked, StepNotDefined
from lui.jobs.routes.shown import answer
from lui.jobs.rules.tracking_words import level_limits
from lui.jobs.schemas import JobOut
from lui.jobs.tracking import (
    ActionsOut,
    CampaignOut,
    CountedOut,
    LevelOut,
    OptionsOut,
    ProfileOut,
    ProfilesIn,
    ProfilesOut,
    Tracking,
    TrackingIn,
    TrackingOut,
)
from lui.jobs.words import Clicks, Step

router = APIRouter(prefix="/api/v1/jobs/{job_id}/tracking", tags=["steps"])

_EDIT = [requires("create_jobs")]
_READ = problems(JobNotFound, StepNotDefined)
_SHOWN_PROFILES = 5


def _edit(job_id: str, caller: CallerDep, if_match: IfMatch) -> service.Edit:
    return service.Edit(job_id, if_match, caller)


Edit = Annotated[service.Edit, Depends(_edit)]


@router.put(
    "",
    dependencies=_EDIT,
    responses=problems(JobNotFound, PreconditionFailed, JobNotEditable, Invalid, StepLocked),
)
async def choose_tracking(asked: TrackingIn, work: Work, edit: Edit, response: Response) -> JobOut:
    """What is recorded of the recipients' reactions."""
    return await answer(work, await service.choose_tracking(work, edit, asked), edit.by, response)


@router.get("", dependencies=[signed_in()], responses=_READ)
async def read_tracking(job_id: str, read: Read, caller: CallerDep, response: Response) -> TrackingOut:
    """What was chosen, what was counted for it, and what to know about it."""
    found = await service.get_step(read, job_id, Step.TRACKING, by=caller)
    response.headers["ETag"] = found.step_tag(Step.TRACKING)
    choice = found.prepared.tracking
    if choice is None:
        raise StepNotDefined("The step tracking is not defined yet", step=Step.TRACKING.value)
    return _shown(choice, service.tracking_warnings_of(found))


def _shown(choice: Tracking, warnings: list[str]) -> TrackingOut:
    said = {name.removeprefix("utm_"): value for name, value in choice.campaign}
    counted = choice.counted
    return TrackingOut(
        level=choice.level,
        opens=choice.opens,
        clicks=choice.clicks,
        links=[link.id for link in choice.links] if choice.clicks is Clicks.CHOSEN else None,
        identify_by=choice.identify_by,
        consent_column=choice.consent_column,
        profile_columns=list(choice.profile_columns),
        campaign=CampaignOut(**{name: said.get(name) for name in CampaignOut.model_fields}) if said else None,
        actions=None if choice.cookie_days is None else ActionsOut(cookie_days=choice.cookie_days),
        counted=None
        if counted is None
        else CountedOut(**counted.model_dump(exclude={"profiles", "snapshot_id"}), profiles=len(counted.profiles)),
        limits=level_limits(choice.level),
        warnings=warnings,
    )


@router.get("/options", dependencies=[signed_in()], responses=_READ)
async def read_options(job_id: str, read: Read, caller: CallerDep) -> OptionsOut:
    """Which levels and columns this job can choose from, and why not the others."""
    choices = await service.tracking_choices(read, job_id, by=caller)
    reasons = {level: service.level_reason(choices, level) for level in TrackingLevel}
    facts = choices.recipients
    return OptionsOut(
        levels=[
            LevelOut(level=level, allowed=reason is None, reason=reason, limits=level_limits(level))
            for level, reason in reasons.items()
        ],
        actions_allowed=choices.cap.actions,
        actions_reason=choices.cap.actions_reason(),
        columns=list(facts.columns),
        profile_columns=[name for name in facts.columns if name not in facts.identity],
        suggested_consent_column=choices.suggested_consent_column,
        smallest_profile=SMALLEST_PROFILE,
        max_profile_columns=MAX_PROFILE_COLUMNS,
        max_profiles=MAX_PROFILES,
    )


@router.post("/profiles", dependencies=_EDIT, responses=_READ | problems(Invalid))
async def count_profiles(job_id: str, asked: ProfilesIn, read: Read, caller: CallerDep) -> ProfilesOut:
    """How many profiles a choice of columns would make, and how many recipients consented; nothing is kept."""
    common = await service.count_profiles(read, job_id, asked, by=caller)
    profiles = common.profiles or Profiles((), 0, 0)
    return ProfilesOut(
        people=common.people,
        consenting=common.consenting,
        profiles=len(profiles.kept),
        smallest=profiles.kept[-1][1] if profiles.kept else None,
        merged_profiles=profiles.merged_profiles,
        merged_people=profiles.merged_people,
        largest=[ProfileOut(values=list(values), people=people) for values, people in profiles.kept[:_SHOWN_PROFILES]],
    )
