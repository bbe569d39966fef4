"""Jobs and steps as they are answered."""

from typing import Annotated

from fastapi import Depends, Request, Response

from common.http.bearer import Caller
from common.http.etags import etag
from common.messaging.unit_of_work import UnitOfWork
from lui.jobs import service
from lui.jobs.authorizing import OverriddenOut
from lui.jobs.list_id import list_domain
from lui.jobs.rules.system_id import reference
from lui.jobs.schemas import (
    AuthorizationOut,
    JobDeliveryOut,
    JobOut,
    JobSummaryOut,
    OwnerOut,
    ProblemOut,
    StepOut,
    StepsOut,
)
from lui.jobs.words import Stage


def _list_domain(request: Request) -> str:
    return list_domain(str(request.app.state.settings.public_url))


ListDomain = Annotated[str, Depends(_list_domain)]
"""The right part of the `List-Id` of what is sent."""


async def answer(work: UnitOfWork, found: service.LoadedJob, caller: Caller, response: Response) -> JobOut:
    """The whole job, with its entity tag in the headers."""
    response.headers["ETag"] = etag(found.job.revision)
    return shown_job(await service.view_job(work, found, by=caller))


def shown_job(view: service.JobView) -> JobOut:
    """A job with its workflow."""
    found = view.found
    return JobOut(
        **shown_summary(found.job, view.owner_name).model_dump(),
        steps=_steps(found),
        deliveries=[
            JobDeliveryOut(
                id=sent.id,
                kind=sent.kind,
                state=sent.state,
                total=sent.total,
                requested_at=sent.requested_at,
                verdict=view.verdicts.get(sent.id),
                capped_from=view.capped_from.get(sent.id),
            )
            for sent in view.deliveries
        ],
        authorization=_authorization(found),
        stopping=view.stopping,
        allowed_actions=list(view.actions),
        etag=etag(found.job.revision),
    )


def _steps(found: service.LoadedJob) -> StepsOut:
    return StepsOut(
        **{
            step.value: StepOut(
                state=standing.state,
                problems=[ProblemOut(code=problem.code, detail=problem.detail) for problem in standing.problems],
                etag=found.step_tag(step),
            )
            for step, standing in found.standings.items()
        }
    )


def _authorization(found: service.LoadedJob) -> AuthorizationOut | None:
    given = found.authorization
    if given is None:
        return None
    return AuthorizationOut(
        authorized_by=OwnerOut(id=given.authorized_by, name=given.authorized_by_name),
        authorized_at=given.authorized_at,
        digest=given.digest,
        notify=given.notify,
        overridden=[OverriddenOut.model_validate(each) for each in given.overridden],
    )


def shown_summary(job: service.ListedJob, owner_name: str) -> JobSummaryOut:
    """A job in a list."""
    return JobSummaryOut(
        id=job.id,
        system_id=job.system_id,
        reference=reference(job.prefix, job.system_id),
        title=job.title,
        prefix=job.prefix,
        stage=Stage(job.stage),
        stage_reason=job.stage_reason,
        owner=OwnerOut(id=job.owner_id, name=owner_name),
        group_id=job.group_id,
        due_at=job.due_at,
        created_at=job.created_at,
        updated_at=job.updated_at,
    )
