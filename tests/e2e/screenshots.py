"""Takes the pictures of the README: `make screenshots`. Starts a stack of its own and stops it again."""

import tempfile
from pathlib import Path
from typing import Literal

from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.e2e.chromium import launch
from tests.e2e.screens import Screens
from tests.support.mailing import Integrator
from tests.support.ports import free_port_base
from tests.support.stack import Stack, running, wait_until

FOLDER = Path(__file__).parents[2] / "docs" / "screenshots"
_MANY = 20_000
_NAMES = ("Ada", "Bob", "Cleo", "Dan", "Eve", "Fay", "Gus", "Hana", "Ivo", "Jun", "Kim", "Lea")
_TOWNS = ("Aachen", "Bonn", "Celle", "Dresden", "Essen")
_LETTER = {
    "subject": "Autumn news for {{ NAME }}",
    "html": "<h1>Dear {{ NAME }},</h1><p>our autumn catalogue is out, and the shop in {{ TOWN }} has everything in it: "
    '<a href="https://shop.example/autumn">have a look</a>.</p>'
    '<p>See you soon<br>The shop</p><p><a href="{{ unsubscribe_url }}">Unsubscribe</a></p>',
}


def _customers(count: int) -> bytes:
    lines = ["ADDRESS,NAME,TOWN"]
    for number in range(count):
        name, town = _NAMES[number % len(_NAMES)], _TOWNS[number % len(_TOWNS)]
        lines.append(f"{name.lower()}{number}@people.example,{name},{town}")
    return "\n".join(lines).encode()


def _open(browser: Browser, stack: Stack, *, scheme: Literal["light", "dark"] = "light", width: int = 1280) -> Screens:
    context = browser.new_context(
        base_url=f"http://127.0.0.1:{stack.port_base}",
        viewport={"width": width, "height": 860},
        color_scheme=scheme,
        locale="en-GB",
        timezone_id="Europe/Berlin",
    )
    context.set_default_timeout(30_000)
    screens = Screens(context.new_page(), stack.credentials())
    screens.sign_in()
    return screens


def _take(page: Page, path: str, name: str) -> None:
    page.goto(path)
    expect(page.get_by_role("main")).to_be_visible()
    expect(page.get_by_role("status", name="Loading")).to_have_count(0)
    page.wait_for_load_state("networkidle")
    if path.endswith("/report"):
        expect(page.get_by_role("img", name="Events over time").locator("svg")).to_be_visible()
    expect(page.get_by_text("This page has failed")).to_have_count(0)
    page.screenshot(path=FOLDER / f"{name}.png", animations="disabled")


def _watch(page: Page, integrator: Integrator, job: str) -> None:
    """A delivery on its way; its page never rests, so nothing is waited for but what it shows."""
    delivery = integrator.authorize(job)
    page.goto(f"/jobs/{job}/delivery")
    expect(page.get_by_role("heading", name="Where the messages are")).to_be_visible()
    wait_until(lambda: integrator.delivery(delivery)["counts"]["sent"] > _MANY // 4, seconds=120)
    page.screenshot(path=FOLDER / "delivery.png", animations="disabled")
    integrator.call("POST", f"/jobs/{job}/stop")


def _demonstration(integrator: Integrator) -> str:
    return str(integrator.call("GET", "/jobs")["items"][0]["id"])


def _saved_report(integrator: Integrator) -> str:
    return str(integrator.call("GET", "/reports", params={"search": "Monthly"})["items"][0]["id"])


def take_screenshots() -> None:
    """Every picture, from a stack that has carried out the demonstration mailing."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, running(Stack(Path(folder) / "data", free_port_base())) as stack:
        demonstrated = stack.tutti("demo")
        assert demonstrated.returncode == 0, demonstrated.stdout + demonstrated.stderr
        integrator = Integrator(stack)
        demonstration = _demonstration(integrator)
        seeded = stack.tutti("seed")
        assert seeded.returncode == 0, seeded.stdout + seeded.stderr
        ready = integrator.prepare(_customers(2_000), _LETTER, title="Autumn catalogue", tracking="unique")
        integrator.test(ready)
        many = integrator.prepare(_customers(_MANY), _LETTER, title="Autumn news for everybody", tracking="blind")
        integrator.test(many)
        with sync_playwright() as playwright:
            browser = launch(playwright)
            light = _open(browser, stack).page
            _take(light, "/jobs", "jobs")
            _take(light, "/", "dashboard")
            _take(light, f"/reports/{_saved_report(integrator)}", "saved-report")
            _take(light, "/statistics/tracking", "statistics")
            for step in ("recipients", "content", "tracking", "authorize"):
                _take(light, f"/jobs/{ready}/{step}", step)
            integrator.ended(integrator.call("POST", f"/jobs/{ready}/rehearsals", {})["id"])
            _take(light, f"/jobs/{ready}/rehearsals", "rehearsal")
            _take(light, "/gateways/default", "gateway")
            _watch(light, integrator, many)
            _take(light, f"/jobs/{demonstration}/report", "report")
            _take(_open(browser, stack, scheme="dark").page, f"/jobs/{demonstration}/report", "report-dark")
            _take(_open(browser, stack, width=390).page, f"/jobs/{ready}/tracking", "phone")
            browser.close()
        integrator.close()


if __name__ == "__main__":
    take_screenshots()
