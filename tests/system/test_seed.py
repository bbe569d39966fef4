"""The demonstration data set, made over the real interfaces of the whole product."""

from tests.support.mailing import Integrator
from tests.support.stack import Stack


def test_the_whitepapers_report_comes_out_and_a_second_run_says_that_it_is_there(
    stack: Stack, integrator: Integrator
) -> None:
    done = stack.tutti("seed")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Any link     2,303" in done.stdout
    reports = integrator.call("GET", "/reports")["items"]
    report = next(report for report in reports if report["title"] == "Monthly sum")
    for _ in range(2):  # a report gives the same numbers again
        result = integrator.call("GET", f"/reports/{report['id']}/result")
        sums = {series["name"]: series["total"] for series in result["series"]}
        assert sums == {"Any link": 2_303, "HTML": 1_961, "Text": 342}
    jobs = integrator.call("GET", "/jobs")["items"]
    again = stack.tutti("seed")
    assert again.returncode == 0, again.stdout + again.stderr
    assert "is there already" in again.stdout
    assert integrator.call("GET", "/jobs")["items"] == jobs
