"""All pages of an answer, one after the other."""

from collections.abc import AsyncIterator

from lui.reports.schemas.query import ReportResultOut
from lui.reports.service.rows import Page
from lui.reports.service.run import Answering, Question, answer_question

ROWS_AT_ONCE = 2_000


async def all_pages(answering: Answering, question: Question) -> AsyncIterator[ReportResultOut]:
    """The answer, then what follows in its table; each page asks tracker once and holds no transaction between."""
    after: str | None = None
    while True:
        result = await answer_question(answering, question, Page(after, ROWS_AT_ONCE))
        yield result
        after = result.table.next if result.table else None
        if after is None:
            return


async def one_page(result: ReportResultOut) -> AsyncIterator[ReportResultOut]:
    """A result that is whole already."""
    yield result
