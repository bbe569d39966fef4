"""Every page: in light and dark, on a phone and a desk, readable for everybody, and without a word to anyone else."""

import json
import re
from pathlib import Path
from typing import Literal
from urllib.parse import quote

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.screens import Screens
from tests.support.mailing import Integrator, people
from tests.support.stack import Stack

_AXE = Path(__file__).parents[2] / "services/lui/web/node_modules/axe-core/axe.min.js"
_LETTER = {
    "subject": "News for {{ FIELD1 }}",
    "html": '<p>Dear {{ FIELD1 }}, <a href="https://shop.example/news">read on</a>.</p>'
    '<img src="https://pictures.example/logo.png" alt="">',
}
_STEPS = ("recipients", "content", "tracking", "sender", "test", "schedule", "authorize")


@pytest.fixture(name="paths", scope="module")
def _paths(stack: Stack) -> dict[str, str]:
    """What there is to look at: pages by what they show."""
    integrator = Integrator(stack)
    new = integrator.call("POST", "/jobs", {"title": "A job nobody has begun"})["id"]
    ready = integrator.prepare(b"".join(people(30, columns=12)), _LETTER, title="A job that is ready")
    integrator.test(ready)
    sent = integrator.prepare(b"".join(people(5, columns=2)), _LETTER, title="A job that was sent " + "and sent " * 12)
    integrator.test(sent)
    integrator.ended(integrator.authorize(sent))
    rehearsal = integrator.call("POST", f"/jobs/{ready}/rehearsals", {"limit": 10})["id"]
    integrator.ended(rehearsal)
    attached = {"files": {"file": ("prices.pdf", b"%PDF-1.4 prices", "application/pdf")}}
    integrator.call("POST", f"/jobs/{new}/files", **attached)
    _fill_sending(integrator, stack)
    reports = _fill_reports(integrator, sent)
    integrator.close()
    return {
        **reports,
        "dashboard": "/",
        "tracking statistics": "/statistics/tracking",
        "tracking statistics, none": "/statistics/tracking?search=nothing-is-called-so",
        "delivery statistics": "/statistics/deliveries",
        "comparison, nothing chosen": "/comparison",
        "comparison": f"/comparison?job={quote(json.dumps([sent, ready]))}",
        "sequence": f"/jobs/{sent}/sequence",
        "report, recipients": f"/jobs/{sent}/report?show=recipients",
        "report, events": f"/jobs/{sent}/report?show=details",
        "jobs": "/jobs",
        "nothing found": "/jobs?search=nothing-is-called-so",
        "accounts": "/accounts",
        "settings": "/settings",
        "privacy": "/privacy",
        "components": "/components",
        "audit trail": "/audit",
        "gateways": "/gateways",
        "gateway": "/gateways/default",
        "signing keys": "/signing-keys",
        "returned mail": "/bounce-sources",
        "notices": "/notices",
        "suppressions": "/suppressions",
        "nowhere": "/nowhere",
        **{f"{step}, new": f"/jobs/{new}/{step}" for step in _STEPS},
        **{f"{step}, ready": f"/jobs/{ready}/{step}" for step in _STEPS},
        "delivery": f"/jobs/{sent}/delivery",
        "report": f"/jobs/{sent}/report",
        "bounces": f"/jobs/{sent}/bounces",
        "rehearsals": f"/jobs/{ready}/rehearsals",
        "rehearsals, none": f"/jobs/{new}/rehearsals",
        "content, sent": f"/jobs/{sent}/content",
    }


def _fill_reports(integrator: Integrator, job: str) -> dict[str, str]:
    """Reports of each type in folders with long names, one kept; their pages."""
    folder = integrator.call("POST", "/report-folders", {"name": "Quartalsberichtsauswertungen " * 3})["id"]
    pages = {"reports": "/reports", "reports, one folder": f"/reports?folder={folder}", "new report": "/reports/new"}
    for kind in ("over_time", "sum", "recipients", "details"):
        sources = [
            {"event": "opens", "job_ids": [job]},
            {"event": "clicks", "job_ids": [job], "name": "Any link " * 12},
        ]
        query = {"type": kind, "sources": sources, "time_zone": "Europe/Berlin", "interval": "day"}
        body = {"title": f"Donaudampfschifffahrtsgesellschaftsreport {kind} " * 3, "query": query, "folder_id": folder}
        report = integrator.call("POST", "/reports", body | {"sharing": "group"})["id"]
        pages[f"saved report, {kind}"] = f"/reports/{report}"
    kept = integrator.call("POST", f"/reports/{report}/snapshots")["id"]
    return pages | {"kept results": f"/reports/{report}/kept", "kept result": f"/kept-results/{kept}"}


def _fill_sending(integrator: Integrator, stack: Stack) -> None:
    """A gateway, a key, a limit and many suppressions with long names."""
    mailer = f"http://127.0.0.1:{stack.port_base + 3}/api/v1"
    host, port = stack.status()["smtp"].split(":")
    gateway = {"name": "A relay " + "far away " * 8, "host": host, "port": int(port), "tls": "none"}
    senders = {"sender_domains": [f"shop{number}.example" for number in range(20)]}
    integrator.call("POST", f"{mailer}/gateways", gateway | senders)
    integrator.call("PUT", f"{mailer}/destination-limits/slow.example", {"connections": 2, "rate_per_second": 1.5})
    key = {"domain": "a-domain-with-a-long-name.example", "selector": "first", "algorithm": "rsa-2048"}
    integrator.call("POST", f"{mailer}/dkim-keys", key)
    for number in range(60):
        body = {"address": f"somebody.with.a.long.name.{number}@people.example", "scope": "global"}
        integrator.call("POST", f"{mailer}/suppressions", body)


def _settle(page: Page, path: str) -> None:
    """Open a page and wait until it has loaded what it shows."""
    page.goto(path)
    expect(page.get_by_role("main")).to_be_visible()
    expect(page.get_by_role("status", name="Loading")).to_have_count(0)
    page.wait_for_function("document.fonts.ready.then(() => true)")


def _violations(page: Page) -> dict[str, list[object]]:
    """What axe finds against WCAG 2.1, A and AA."""
    page.evaluate(_AXE.read_text())
    found = page.evaluate("axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'], iframes: false})")
    return {found["id"]: [node["target"] for node in found["nodes"]][:5] for found in found["violations"]}


@pytest.mark.timeout(600)
@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 390)])
def test_every_page_can_be_read_by_everybody(
    signed_in: Screens,
    paths: dict[str, str],
    scheme: Literal["light", "dark"],
    width: int,
    subtests: pytest.Subtests,
) -> None:
    page = signed_in.page
    page.set_viewport_size({"width": width, "height": 844})
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    for name, path in paths.items():
        with subtests.test(name):
            _settle(page, path)
            assert page.evaluate("document.documentElement.dataset.mantineColorScheme") == scheme
            assert page.evaluate("document.documentElement.scrollWidth") <= width
            assert _violations(page) == {}


_DIALOGS = {
    "new gateway": ("/gateways", "New gateway"),
    "new limit": ("/gateways", "New limit"),
    "pause a gateway": ("/gateways/default", "Pause"),
    "new key": ("/signing-keys", "New key"),
    "suppress": ("/suppressions", "Suppress an address"),
    "new job": ("/jobs", "New job"),
    "colours and signing out": ("/jobs", "admin"),
    "new account": ("/accounts", "New account"),
    "new folder": ("/reports", "New folder"),
}
_MENUS = {"of an account": ("/accounts", "Actions for admin")}


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 390)])
def test_dialogs_and_menus_can_be_read_by_everybody(
    signed_in: Screens,
    paths: dict[str, str],
    scheme: Literal["light", "dark"],
    width: int,
    subtests: pytest.Subtests,
) -> None:
    page = signed_in.page
    page.set_viewport_size({"width": width, "height": 844})
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    for role, opened in (("dialog", _DIALOGS), ("menu", _MENUS)):
        for name, (path, button) in opened.items():
            with subtests.test(name):
                _settle(page, path)
                signed_in.button(button).click()
                expect(page.get_by_role(role)).to_be_visible()  # type: ignore[arg-type]
                assert page.evaluate("document.documentElement.scrollWidth") <= width
                assert _violations(page) == {}
    with subtests.test("lift"):
        _settle(page, paths["suppressions"])
        page.get_by_role("button", name=re.compile("^Details of")).first.click()
        page.get_by_role("button", name=re.compile("^Lift the")).first.click()
        expect(page.get_by_role("dialog")).to_be_visible()
        assert _violations(page) == {}


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 390)])
def test_signing_in_can_be_read_by_everybody(screens: Screens, scheme: Literal["light", "dark"], width: int) -> None:
    page = screens.page
    page.set_viewport_size({"width": width, "height": 844})
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    page.goto("/sign-in")
    expect(screens.heading("Sign in")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert _violations(page) == {}
    screens.button("Sign in").click()
    expect(page.get_by_text("Type your password.")).to_be_visible()
    assert _violations(page) == {}


def test_the_preview_loads_no_pictures_from_elsewhere(signed_in: Screens, paths: dict[str, str]) -> None:
    page = signed_in.page
    page.goto(paths["content, ready"])
    frame = page.frame_locator("iframe[title='The message as HTML']")
    expect(frame.get_by_role("link", name="read on")).to_be_visible()
    # By now the picture would have been asked for; the fixture of the context checks who was asked.
    signed_in.button("Next recipient").click()
    expect(page.get_by_text("News for value 1 of 2", exact=True)).to_be_visible()


def test_the_colours_follow_the_choice_and_stay(signed_in: Screens) -> None:
    page = signed_in.page
    shown = "document.documentElement.dataset.mantineColorScheme"
    page.get_by_role("button", name=signed_in.credentials["account"]).click()
    page.get_by_role("radiogroup", name="Colours").locator("label", has_text="Dark").click()
    assert page.evaluate(shown) == "dark"
    page.reload()
    expect(signed_in.heading("Jobs")).to_be_visible()
    assert page.evaluate(shown) == "dark"
