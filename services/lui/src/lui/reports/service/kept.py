"""Results that stay as they were: computed once, with everything needed to read them years later."""

from collections.abc import Sequence

from common.contracts.digest import document_digest
from common.contracts.problem import Invalid
from common.http.bearer import Caller, Forbidden
from common.ids import new_id
from common.messaging.unit_of_work import UnitOfWork
from lui.access import service as access
from lui.access.rules import is_id
from lui.reports.errors import SnapshotNotFound
from lui.reports.models import KeptResult
from lui.reports.repository import LibraryRepository
from lui.reports.schemas.library import OwnerOut, SnapshotOut, SnapshotResultOut
from lui.reports.schemas.query import ReportQueryIn, ReportResultOut
from lui.reports.service.facts import Reader
from lui.reports.service.library import get_report, record
from lui.reports.service.rows import Page
from lui.reports.service.run import SEE_RECIPIENTS, Answering, Question, answer_question, prepare_question

MOST_ROWS = 20_000
_ROWS_AT_ONCE = 2_000


async def keep_result(uow: UnitOfWork, report_id: str, answering: Answering, *, by: Caller) -> KeptResult:
    """Compute a saved report once and keep the whole answer for ever.

    Raises ReportNotFound, Invalid (also for more than MOST_ROWS rows), Forbidden, Unavailable.
    """
    report = await get_report(uow, report_id, by=by)
    question = await prepare_question(uow, ReportQueryIn.model_validate(report.query), by=by)
    result = await _whole(answering, question)
    document = result.model_dump(mode="json")
    kept = KeptResult(
        id=new_id(),
        report_id=report.id,
        created_by=by.account_id,
        created_by_name=by.account_name,
        group_id=report.group_id,
        sharing=report.sharing,
        title=report.title,
        type=report.type,
        has_people=question.has_people,
        as_of=result.as_of,
        rules_version=result.rules_version,
        digest=document_digest(document),
        result=document,
        created_at=uow.now,
    )
    LibraryRepository(uow.session, by).add(kept)
    await uow.session.flush()
    record(uow, "report.keep", report, by=by)
    return kept


async def _whole(answering: Answering, question: Question) -> ReportResultOut:
    result = await answer_question(answering, question, Page(limit=_ROWS_AT_ONCE))
    if result.table is None:
        return result
    rows, following = list(result.table.rows), result.table.next
    while following is not None:
        if len(rows) >= MOST_ROWS:
            detail = f"more than {MOST_ROWS:,} rows are not kept: download them, or choose a shorter period"
            raise Invalid(("/query/period", detail))
        page = await answer_question(answering, question, Page(after=following, limit=_ROWS_AT_ONCE))
        if page.table is None:
            break
        rows += page.table.rows
        following = page.table.next
    table = result.table.model_copy(update={"rows": rows, "next": None})
    return result.model_copy(update={"table": table})


async def list_kept(
    uow: UnitOfWork, report_id: str, *, after: str | None, limit: int, by: Reader
) -> Sequence[KeptResult]:
    """The kept results of a report, newest first. Raises ReportNotFound."""
    report = await get_report(uow, report_id, by=by)
    start = after if after is None or is_id(after) else None
    return await LibraryRepository(uow.session, by).snapshots(report.id, after=start, limit=limit)


async def get_kept(uow: UnitOfWork, snapshot_id: str, *, by: Reader) -> KeptResult:
    """Raises SnapshotNotFound, and Forbidden where it names recipients and `by` may not see them."""
    found = await LibraryRepository(uow.session, by).snapshot(snapshot_id) if is_id(snapshot_id) else None
    if found is None:
        raise SnapshotNotFound("There is no such kept result", snapshot_id=snapshot_id)
    if found.has_people and not by.may(SEE_RECIPIENTS):
        raise Forbidden(f"This needs the right {SEE_RECIPIENTS}", right=SEE_RECIPIENTS)
    return found


async def shown_kept(uow: UnitOfWork, kept: Sequence[KeptResult]) -> list[SnapshotOut]:
    """Kept results without their numbers."""
    names = await access.names_of(uow, {each.created_by for each in kept})
    return [
        SnapshotOut.model_validate(
            {
                "id": each.id,
                "report_id": each.report_id,
                "title": each.title,
                "type": each.type,
                "as_of": each.as_of,
                "rules_version": each.rules_version,
                "digest": each.digest,
                "created_by": OwnerOut(id=each.created_by, name=names.get(each.created_by, each.created_by_name)),
                "created_at": each.created_at,
            }
        )
        for each in kept
    ]


async def shown_result(uow: UnitOfWork, kept: KeptResult) -> SnapshotResultOut:
    """A kept result with its numbers."""
    [snapshot] = await shown_kept(uow, [kept])
    return SnapshotResultOut(snapshot=snapshot, result=ReportResultOut.model_validate(kept.result))
