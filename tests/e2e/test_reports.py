"""Questions about what came of jobs: asked, looked into, kept and carried away."""

import csv
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.mailbox import mailboxes
from tests.e2e.screens import Screens
from tests.support.mailing import Integrator, people
from tests.support.stack import Stack, wait_until

_LETTER = {
    "subject": "News for {{ FIELD1 }}",
    "html": '<p>Dear {{ FIELD1 }}, <a href="https://shop.example/news">read on</a>.</p>',
    "text": "Dear {{ FIELD1 }}, read on: https://shop.example/news",
}
_WITHIN = 60_000


@dataclass(frozen=True)
class Sent:
    """Two jobs that were sent and looked at."""

    personal: str
    blind: str


def _send(integrator: Integrator, stack: Stack, level: str, title: str) -> str:
    with mailboxes(stack) as mailbox:
        mailbox.empty()
        job = integrator.prepare(b"".join(people(5)), _LETTER, title=title, tracking=level)
        integrator.test(job)
        integrator.ended(integrator.authorize(job))
        received = [mail for mail in mailbox.mails() if mail.to.endswith("@people.example")]
        for mail in received[:3]:
            mailbox.look_at(mail)
        mailbox.look_at(received[0])
        mailbox.follow(received[0], 0)
    wait_until(lambda: _counted(integrator, job) == (4, 1), seconds=60)
    return job


def _counted(integrator: Integrator, job: str) -> tuple[int, int]:
    report = integrator.call("GET", f"/jobs/{job}/report")
    return report["opens"]["total"], report["clicks"]["any"]


@pytest.fixture(name="sent", scope="module")
def _sent(stack: Stack) -> Iterator[Sent]:
    integrator = Integrator(stack)
    yield Sent(
        personal=_send(integrator, stack, "personal", "Report on persons"),
        blind=_send(integrator, stack, "blind", "Report on nobody"),
    )
    integrator.close()


def _query(job: str, **changes: object) -> dict[str, object]:
    sources = [{"event": "opens", "job_ids": [job]}, {"event": "clicks", "job_ids": [job]}]
    asked: dict[str, object] = {"type": "over_time", "sources": sources, "period": {"last_days": 30}}
    return asked | {"time_zone": "Europe/Berlin", "interval": "month", "count": "total"} | changes


def _new_report(query: dict[str, object]) -> str:
    return f"/reports/new?q={quote(json.dumps(query))}"


def _save_as(page: Page, title: str) -> None:
    page.get_by_role("button", name="Save report", exact=True).click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Title").fill(title)
    dialog.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("heading", name=title, exact=True)).to_be_visible()


@pytest.mark.usefixtures("sent")
def test_a_report_is_built_saved_found_changed_and_deleted(signed_in: Screens) -> None:
    screens, page = signed_in, signed_in.page
    page.get_by_role("link", name="Reports", exact=True).click()
    page.get_by_role("link", name="New report").first.click()
    page.get_by_role("combobox", name="Jobs").fill("Report on persons")
    page.get_by_role("option", name=re.compile("^Report on persons")).click()
    page.keyboard.press("Escape")
    page.get_by_role("radio", name="Sum of events").check()
    legend = page.get_by_role("list", name="Legend")
    expect(legend.get_by_role("button", name=re.compile(r"^Opens.* 4$"))).to_be_visible()
    expect(legend.get_by_role("button", name=re.compile(r"^Clicks.* 1$"))).to_be_visible()
    _save_as(page, "How persons took it")

    page.goto("/reports")
    page.get_by_role("link", name="How persons took it").click()
    page.get_by_role("radio", name="Events over time").check()
    expect(page.get_by_text("Changes not saved")).to_be_visible()
    page.get_by_role("link", name="Jobs", exact=True).click()
    page.get_by_role("dialog", name="Leave without saving?").get_by_role("button", name="Stay here").click()
    screens.button("Save").click()
    expect(page.get_by_text("Changes not saved")).to_have_count(0)
    page.reload()
    expect(page.get_by_role("radio", name="Events over time")).to_be_checked()

    screens.button("More actions").click()
    page.get_by_role("menuitem", name="Delete").click()
    page.get_by_role("dialog").get_by_role("button", name="Delete").click()
    expect(screens.heading("Reports")).to_be_visible()
    expect(page.get_by_role("link", name="How persons took it")).to_have_count(0)


def test_somebody_elses_change_is_not_written_over(signed_in: Screens, sent: Sent, integrator: Integrator) -> None:
    screens, page = signed_in, signed_in.page
    body = {"title": "Two at once", "query": _query(sent.personal)}
    report = integrator.call("POST", "/reports", body)["id"]
    page.goto(f"/reports/{report}")
    page.get_by_role("radio", name="Sum of events").check()
    integrator.call("PATCH", f"/reports/{report}", {"title": "Changed elsewhere"})
    screens.button("Save").click()
    page.get_by_role("dialog", name="Changed meanwhile").get_by_role("button", name="Load their version").click()
    expect(screens.heading("Changed elsewhere")).to_be_visible()
    expect(page.get_by_role("radio", name="Events over time")).to_be_checked()


def test_a_month_is_looked_into_down_to_its_hours_and_back(signed_in: Screens, sent: Sent) -> None:
    page = signed_in.page
    page.goto(_new_report(_query(sent.personal)))
    plot = page.get_by_role("img", name=re.compile("^Events over time"))
    expect(plot.locator("svg")).to_be_visible()
    path = page.get_by_role("navigation", name="Where you are")
    # The newest month is the last column of the plot.
    box = plot.bounding_box()
    assert box is not None
    plot.click(position={"x": box["width"] - 40, "y": box["height"] / 2})
    expect(path).to_be_visible()
    # The rows of the table are the way for keys.
    row = page.get_by_role("row").filter(has=page.get_by_role("cell", name="4", exact=True)).first
    row.get_by_role("button", name=re.compile("^Look into")).press("Enter")
    expect(path.get_by_role("button")).to_have_count(2)
    expect(page.get_by_role("row").filter(has_text=":00").first).to_be_visible()
    expect(page.get_by_role("button", name=re.compile("^Look into"))).to_have_count(0)
    page.reload()  # how far one has looked into it is in the address
    expect(path.get_by_role("button")).to_have_count(2)
    path.get_by_role("button").first.click()
    expect(path).to_have_count(0)


def _press_column(page: Page) -> None:
    """Press the plot where the interval is that has the four opens, be it drawn as bars."""
    page.get_by_role("radiogroup", name="Draw as").get_by_text("Bars").click()
    plot = page.get_by_role("img", name=re.compile("^Events over time"))
    expect(plot.locator("svg")).to_be_visible()
    intervals = page.get_by_role("button", name=re.compile("^Look into"))
    expect(intervals.first).to_be_visible()
    full = page.get_by_role("row").filter(has=page.get_by_role("cell", name="4", exact=True))
    wanted = full.first.get_by_role("button").inner_text()
    at, count = intervals.all_inner_texts().index(wanted), intervals.count()
    box = plot.bounding_box()
    assert box is not None
    left, right = 30, 16  # of the plot, for its scale
    plot.click(position={"x": left + (box["width"] - left - right) * (at + 0.5) / count, "y": box["height"] / 2})


def _press_row(page: Page) -> None:
    """The same with keys, in the table."""
    row = page.get_by_role("row").filter(has=page.get_by_role("cell", name="4", exact=True)).first
    row.get_by_role("button", name=re.compile("^Look into")).focus()
    page.keyboard.press("Enter")


@pytest.mark.parametrize("look_into", [_press_column, _press_row], ids=["pointer", "keys"])
def test_months_days_and_hours_are_reached_with_the_pointer_alone_and_with_keys_alone(
    signed_in: Screens, sent: Sent, look_into: Callable[[Page], None]
) -> None:
    page = signed_in.page
    page.goto(_new_report(_query(sent.personal)))
    path = page.get_by_role("navigation", name="Where you are")
    for steps, shown in ((1, re.compile(r"\d")), (2, re.compile(":00"))):
        look_into(page)
        expect(path.get_by_role("button")).to_have_count(steps)
        expect(page.get_by_role("row").filter(has_text=shown).first).to_be_visible()
    expect(page.get_by_role("row").filter(has_text=re.compile("^Total"))).to_contain_text("4")


def test_different_people_are_not_offered_where_nobody_can_tell_them_apart(signed_in: Screens, sent: Sent) -> None:
    page = signed_in.page
    page.goto(_new_report(_query(sent.blind)))
    once = page.get_by_role("radio", name="Each recipient once")
    expect(once).to_be_disabled()
    expect(page.get_by_text("which cannot tell people apart")).to_be_visible()
    expect(page.get_by_role("radio", name="Recipients", exact=True)).to_be_disabled()
    page.goto(_new_report(_query(sent.personal)))
    expect(page.get_by_role("list", name="Legend")).to_be_visible()
    expect(once).to_be_enabled()
    page.goto(f"/jobs/{sent.blind}/report?show=recipients")
    expect(page.get_by_text("which knows nothing of recipients")).to_be_visible()


def test_who_opened_is_listed_where_that_is_known(signed_in: Screens, sent: Sent) -> None:
    page = signed_in.page
    page.goto(f"/jobs/{sent.personal}/report")
    page.get_by_role("tab", name="Recipients").click()
    expect(page.get_by_role("row").filter(has_text="@people.example")).to_have_count(3)


def test_the_legend_hides_and_sorts(signed_in: Screens, sent: Sent) -> None:
    page = signed_in.page
    page.goto(_new_report(_query(sent.personal, type="sum")))
    entries = page.get_by_role("list", name="Legend").get_by_role("button")
    expect(entries).to_have_count(2)
    page.get_by_role("button", name="As given").click()
    page.get_by_role("button", name="Highest first").click()
    expect(page.get_by_role("button", name="Lowest first")).to_be_visible()
    expect(entries.first).to_contain_text("Clicks")
    entries.first.click()
    expect(entries.first).to_have_attribute("aria-pressed", "false")
    expect(page.get_by_role("row").filter(has_text="Clicks")).to_have_count(0)


def test_tables_and_plots_are_carried_away(signed_in: Screens, sent: Sent) -> None:
    page = signed_in.page
    page.goto(_new_report(_query(sent.personal)))
    files = {"Table as CSV": b"", "Plot as SVG": b"<", "Plot as PNG": b"\x89PNG", "Table as Excel file": b"PK"}
    for item, start in files.items():
        page.get_by_role("button", name="Download").click()
        with page.expect_download() as started:
            page.get_by_role("menuitem", name=item).click()
        content = Path(started.value.path()).read_bytes()
        assert content.startswith(start), item
        if item == "Table as CSV":
            assert any("4" in row for row in csv.reader(content.decode("utf-8-sig").splitlines()))


def test_kept_numbers_stay_as_they_were(signed_in: Screens, sent: Sent, integrator: Integrator) -> None:
    screens, page = signed_in, signed_in.page
    body = {"title": "For the auditors", "query": _query(sent.personal, type="sum")}
    report = integrator.call("POST", "/reports", body)["id"]
    page.goto(f"/reports/{report}")
    screens.button("Keep these numbers").click()
    expect(page.get_by_text("Numbers kept")).to_be_visible()
    page.goto(f"/reports/{report}/kept")
    page.get_by_role("row").nth(1).get_by_role("link").click()
    expect(screens.heading("For the auditors")).to_be_visible()
    expect(page.get_by_text("does not change")).to_be_visible()
    expect(page.get_by_role("list", name="Legend").get_by_role("button").first).to_contain_text("4")
    expect(page.get_by_text("Digest (SHA-256)")).to_be_visible()


def test_the_report_moves_while_one_watches(signed_in: Screens, stack: Stack, integrator: Integrator) -> None:
    screens, page = signed_in, signed_in.page
    job = _send(integrator, stack, "unique", "Watched")
    page.goto(f"/jobs/{job}/report")
    expect(screens.figure("Opens")).to_contain_text("3 different recipients")
    expect(page.get_by_text("Live", exact=True)).to_be_visible(timeout=_WITHIN)
    with mailboxes(stack) as mailbox:
        mails = [mail for mail in mailbox.mails() if mail.to == "person5@people.example"]
        mailbox.look_at(mails[-1])
    expect(screens.figure("Opens")).to_contain_text("4 different recipients", timeout=_WITHIN)


@pytest.mark.usefixtures("sent")
def test_the_day_begins_with_what_was_sent_last(signed_in: Screens) -> None:
    screens, page = signed_in, signed_in.page
    page.get_by_role("link", name="Dashboard").click()
    expect(screens.heading("Last deliveries")).to_be_visible()
    card = page.get_by_role("article").filter(has_text="Report on nobody")
    expect(card).to_contain_text("5 recipients")
    expect(page.get_by_role("img", name=re.compile("^Messages sent"))).to_be_visible()
    card.get_by_role("link").click()
    expect(screens.heading("Report on nobody")).to_be_visible()


@pytest.mark.usefixtures("sent")
def test_chosen_jobs_stand_side_by_side(signed_in: Screens) -> None:
    screens, page = signed_in, signed_in.page
    page.goto(f"/jobs?search={quote('Report on')}")
    for job in ("Report on persons", "Report on nobody"):
        page.get_by_role("checkbox", name=f"Mark {job} for comparison").check()
    page.get_by_role("link", name="Compare 2 jobs").click()
    expect(screens.heading("Comparison")).to_be_visible()
    expect(page.get_by_role("columnheader", name=re.compile("Report on persons"))).to_be_visible()
    row = page.get_by_role("row").filter(has_text=re.compile("^Opened"))
    expect(row).to_contain_text("60%")
    expect(row).to_contain_text("Not known")
    for name in ("Mean of the jobs", "All together"):
        expect(page.get_by_role("group", name="Opened", exact=True)).to_contain_text(name)
