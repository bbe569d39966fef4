"""Judging anew, what is stored and by which rules judged, and who reacted, for lui's next audience."""

from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request, Response, status

from common.http.bearer import CallerDep, requires, service_only, signed_in
from common.http.problems import problems
from common.http.work import Read, Work
from tracker.config import TrackerSettings
from tracker.privacy.schemas import PrivacyOut
from tracker.privacy.service import describe_levels
from tracker.reactions import service
from tracker.reactions.errors import DeliveryNotFound, NobodyIsKnown
from tracker.reactions.rules import EXPLANATIONS, JUDGES, RULES_VERSION
from tracker.reactions.schemas import JudgingIn, JudgingOut, RuleOut, RulesOut
from tracker.tallies.rules import ReactionKind

router = APIRouter(prefix="/api/v1/judgings", tags=["judgement"], dependencies=[requires("administer_installation")])
rules = APIRouter(prefix="/api/v1/judgement-rules", tags=["judgement"], dependencies=[signed_in()])
privacy = APIRouter(prefix="/api/v1/privacy", tags=["privacy"], dependencies=[signed_in()])
internal = APIRouter(prefix="/internal/v1/deliveries", tags=["internal"], dependencies=[service_only("lui")])

Links = Annotated[list[int], Query(alias="link", max_length=300, description="Numbers; none: any of them.")]


@router.post("", status_code=status.HTTP_202_ACCEPTED, responses=problems(DeliveryNotFound))
async def judge_anew(wanted: JudgingIn, work: Work, caller: CallerDep) -> JudgingOut:
    """Have recorded reactions judged by the present rules; the counters follow while that goes on."""
    ids = None if wanted.delivery_ids is None else [str(each) for each in wanted.delivery_ids]
    count = await service.request_judging(work, ids, by=caller.account_id)
    return JudgingOut(deliveries=count, rules_version=RULES_VERSION)


@rules.get("")
async def list_rules() -> RulesOut:
    """The rules by which people are told from machines."""
    told = [RuleOut(name=rule, judgement=JUDGES[rule], explanation=EXPLANATIONS[rule]) for rule in EXPLANATIONS]
    return RulesOut(rules_version=RULES_VERSION, rules=told)


@privacy.get("")
async def describe_privacy(request: Request) -> PrivacyOut:
    """What is stored at each level, for how long, and who can see it; told by the rules that decide it."""
    settings: TrackerSettings = request.app.state.resources.settings
    return PrivacyOut(rules_version=RULES_VERSION, levels=describe_levels(settings.retention))


@internal.get(
    "/{number}/reacted",
    response_class=Response,
    responses={200: {"content": {"application/octet-stream": {}}}, **problems(DeliveryNotFound, NobodyIsKnown)},
)
async def list_reacted(
    number: int,
    read: Read,
    kind: Annotated[ReactionKind, Query()],
    links: Links = [],  # noqa: B006  FastAPI copies it
    judged: Literal["human"] | None = None,
) -> Response:
    """Who reacted: bit n of the octets, least significant first, says whether ordinal n did."""
    asked = service.Reacted(kind=kind, links=tuple(links), humans_only=judged == "human")
    return Response(await service.who_reacted(read, number, asked), media_type="application/octet-stream")
