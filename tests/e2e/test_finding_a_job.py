"""The list of jobs, when there are many."""

import re

from playwright.sync_api import expect

from tests.e2e.screens import Screens
from tests.support.mailing import Integrator


def test_jobs_are_found_by_title_and_stage_and_page_by_page(signed_in: Screens, integrator: Integrator) -> None:
    screens, page = signed_in, signed_in.page
    for number in range(1, 31):
        integrator.call("POST", "/jobs", {"title": f"Letter number {number:02}", "prefix": "MANY"})
    page.get_by_role("searchbox", name="Search").fill("letter number")
    expect(page).to_have_url(re.compile("search=letter"))
    expect(page.get_by_role("link", name="Letter number 30")).to_be_visible()
    expect(page.get_by_role("row")).to_have_count(1 + 25)

    screens.button("Older").click()
    expect(page.get_by_role("link", name="Letter number 05")).to_be_visible()
    expect(page.get_by_role("row")).to_have_count(1 + 5)
    screens.button("Newer").click()
    expect(page.get_by_role("link", name="Letter number 30")).to_be_visible()

    page.get_by_role("combobox", name="Stage").click()
    page.get_by_role("option", name="Delivered").click()
    expect(screens.heading("No job matches")).to_be_visible()
    page.reload()  # what was looked for is in the address
    expect(screens.heading("No job matches")).to_be_visible()
    screens.button("Show all jobs").click()
    expect(page.get_by_role("link", name="Letter number 30")).to_be_visible()
    expect(page.get_by_role("searchbox", name="Search")).to_have_value("")


def test_a_job_is_copied_and_renamed(signed_in: Screens, integrator: Integrator) -> None:
    screens, page = signed_in, signed_in.page
    job = integrator.call("POST", "/jobs", {"title": "The original"})["id"]
    integrator.call("PUT", f"/jobs/{job}/sender", {"address": "news@shop.example", "bounces": {"mode": "automatic"}})
    page.goto(f"/jobs/{job}/sender")
    screens.button("More actions").click()
    page.get_by_role("menuitem", name="Copy job").click()
    expect(page.get_by_text("Job copied")).to_be_visible()
    expect(screens.step("Sender")).to_contain_text("done")

    screens.button("More actions").click()
    page.get_by_role("menuitem", name="Rename").click()
    page.get_by_label("Title").fill("The copy")
    screens.button("Rename").click()
    expect(screens.heading("The copy")).to_be_visible()
    assert integrator.call("GET", f"/jobs/{job}")["title"] == "The original"
