"""Finding the jobs that recipients can have reacted to."""

from collections.abc import Callable

from tests.support.builders.lui import a_job, a_tested_job, act, lui_under_test, ok


async def test_jobs_are_told_apart_by_whether_they_went_to_their_recipients(clone: Callable[[str], str]) -> None:
    async with lui_under_test(clone("lui")) as lui, lui.ada() as ada:
        new, sent, tested = await a_job(ada), await a_tested_job(ada), await a_tested_job(ada)
        await act(ada, sent, "authorize")
        for query, expected in (("", [tested, sent, new]), ("?sent=true", [sent]), ("?sent=false", [tested, new])):
            listed = (await ok(await ada.get(f"/api/v1/jobs{query}")))["items"]
            assert [job["id"] for job in listed] == [job["id"] for job in expected]
