"""Every page: in light and dark, on a phone and a desk, readable for everybody, and without a word to anyone else."""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, Request, expect

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
    integrator.close()
    return {
        "jobs": "/jobs",
        "nothing found": "/jobs?search=nothing-is-called-so",
        "accounts": "/accounts",
        "components": "/components",
        "audit trail": "/audit",
        "nowhere": "/nowhere",
        **{f"{step}, new": f"/jobs/{new}/{step}" for step in _STEPS},
        **{f"{step}, ready": f"/jobs/{ready}/{step}" for step in _STEPS},
        "delivery": f"/jobs/{sent}/delivery",
        "report": f"/jobs/{sent}/report",
        "content, sent": f"/jobs/{sent}/content",
    }


def _settle(page: Page, path: str) -> None:
    """Open a page and wait until it has loaded what it shows."""
    page.goto(path)
    expect(page.get_by_role("main")).to_be_visible()
    expect(page.get_by_role("status", name="Loading")).to_have_count(0)
    page.wait_for_function("document.fonts.ready.then(() => true)")


@pytest.fixture(name="phone")
def _phone(browser: Browser, stack: Stack) -> Iterator[Screens]:
    """The smallest screen that is promised, with dark colours."""
    context = browser.new_context(
        base_url=f"http://127.0.0.1:{stack.port_base}", viewport={"width": 390, "height": 844}, color_scheme="dark"
    )
    screens = Screens(context.new_page(), stack.credentials())
    screens.sign_in()
    yield screens
    context.close()


def test_no_page_is_wider_than_a_phone(phone: Screens, paths: dict[str, str]) -> None:
    page = phone.page
    too_wide = {}
    for name, path in paths.items():
        _settle(page, path)
        width = page.evaluate("document.documentElement.scrollWidth")
        if width > 390:
            too_wide[name] = width
    assert not too_wide
    assert page.evaluate("document.documentElement.dataset.mantineColorScheme") == "dark"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_page_can_be_read_by_everybody(
    signed_in: Screens, paths: dict[str, str], scheme: str, subtests: pytest.Subtests
) -> None:
    page = signed_in.page
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light", reduced_motion="reduce")
    for name, path in paths.items():
        with subtests.test(name):
            _settle(page, path)
            page.evaluate(_AXE.read_text())
            found = page.evaluate(
                "axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'], iframes: false})"
            )
            violations = {
                violation["id"]: [node["target"] for node in violation["nodes"]][:5]
                for violation in found["violations"]
            }
            assert violations == {}


def test_nothing_leaves_the_machine(signed_in: Screens, paths: dict[str, str], stack: Stack) -> None:
    page = signed_in.page
    home = urlsplit(f"http://127.0.0.1:{stack.port_base}").netloc
    asked: set[str] = set()

    def note(request: Request) -> None:
        address = urlsplit(request.url)
        if address.scheme not in {"data", "blob", "about"}:
            asked.add(address.netloc)

    page.context.on("request", note)
    for path in paths.values():
        _settle(page, path)
    # The preview of a mailing with a picture from elsewhere was among them.
    page.goto(paths["content, ready"])
    frame = page.frame_locator("iframe[title='The message as HTML']")
    expect(frame.get_by_role("link", name="read on")).to_be_visible()
    assert asked == {home}


def test_the_colours_follow_the_choice_and_stay(signed_in: Screens) -> None:
    page = signed_in.page
    shown = "document.documentElement.dataset.mantineColorScheme"
    page.get_by_role("button", name=signed_in.credentials["account"]).click()
    page.get_by_role("radiogroup", name="Colours").get_by_text("Dark").click()
    assert page.evaluate(shown) == "dark"
    page.reload()
    expect(signed_in.heading("Jobs")).to_be_visible()
    assert page.evaluate(shown) == "dark"
