"""Recipients by reaction over HTTP: what can be asked, and how many would be found."""

from fastapi import APIRouter

from common.contracts.problem import Invalid, Unavailable
from common.http.bearer import CallerDep, requires
from common.http.problems import problems
from common.http.work import Read
from lui.audience.reacting import ReactionCountIn, ReactionCountOut, ReactionOptionsOut
from lui.clients.dependencies import ReactionsOf
from lui.jobs import service
from lui.jobs.errors import JobNotFound

router = APIRouter(prefix="/api/v1", tags=["recipients by reaction"], dependencies=[requires("see_reports")])


@router.get("/jobs/{job_id}/reaction-options", responses=problems(JobNotFound))
async def read_reaction_options(job_id: str, read: Read, caller: CallerDep) -> ReactionOptionsOut:
    """What can be asked about this job's recipients to choose those of another one, or why nothing can."""
    return await service.reaction_options(read, job_id, by=caller)


@router.post("/reaction-count", responses=problems(Invalid, Unavailable))
async def count_by_reaction(
    asked: ReactionCountIn, read: Read, caller: CallerDep, reactions: ReactionsOf
) -> ReactionCountOut:
    """How many recipients of an earlier job fit a condition at the moment; nothing is kept."""
    return await service.count_by_reaction(read, asked.source, reactions, by=caller)
