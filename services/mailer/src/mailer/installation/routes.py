"""Arming over HTTP."""

from fastapi import APIRouter

from common.http.bearer import CallerDep, requires
from common.http.problems import problems
from common.http.work import Read, Work
from mailer.installation import service
from mailer.installation.errors import NothingToArm
from mailer.installation.schemas import ArmingOut

router = APIRouter(prefix="/api/v1", tags=["installation"])
_ADMINISTERS = [requires("administer_installation")]


@router.get("/arming", dependencies=_ADMINISTERS)
async def show_arming(read: Read) -> ArmingOut:
    """Whether this installation sends, or waits because it is a restored copy."""
    return await service.show(read)


@router.post("/arm", dependencies=_ADMINISTERS, responses=problems(NothingToArm))
async def arm_installation(work: Work, caller: CallerDep) -> ArmingOut:
    """Let this installation send. To be done only when no other one sends what is in this database."""
    return await service.arm(work, by=caller)
