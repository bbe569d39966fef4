"""More reports than messages, all at once; `python -m tests.soak.bounce_flood` is the large one."""

from collections.abc import Callable

from tests.soak.bounce_flood import flood


async def test_each_report_counts_once_and_each_address_is_suppressed_once(clone: Callable[[str], str]) -> None:
    result = await flood(clone("mailer"), recipients=60, reports=240)
    assert result.is_good, result.wrong
