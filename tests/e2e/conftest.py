"""A real browser in front of a real stack."""

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from tests.e2e.chromium import launch
from tests.e2e.screens import Screens
from tests.support.mailing import Integrator
from tests.support.ports import free_port_base
from tests.support.stack import Stack, running

_HERE = "tests/e2e"
_RESULTS = Path("test-results")
_FAILED = pytest.StashKey[bool]()

expect.set_options(timeout=20_000)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything here drives a browser; the first test waits for the stack, too."""
    for item in items:
        if _HERE in item.nodeid:
            item.add_marker(pytest.mark.e2e)
            item.add_marker(pytest.mark.timeout(300))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    """Remember whether the test failed, for the fixture that keeps the evidence."""
    report = yield
    if report.when == "call":  # type: ignore[attr-defined]
        item.stash[_FAILED] = report.failed  # type: ignore[attr-defined]
    return report


@pytest.fixture(name="stack", scope="session")
def _stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """A stack that sends into its catcher; tests leave it up."""
    with running(Stack(tmp_path_factory.mktemp("e2e") / "data", free_port_base())) as stack:
        yield stack


# Not for the session: while Playwright lives, its event loop counts as running, and no asynchronous test can start.
@pytest.fixture(name="browser", scope="module")
def _browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = launch(playwright)
        yield browser
        browser.close()


@pytest.fixture(name="context")
def _context(browser: Browser, stack: Stack, request: pytest.FixtureRequest) -> Iterator[BrowserContext]:
    """A person's browser, with nothing in it. It asks nobody but lui, in no test.

    A test that fails leaves a trace and its last picture behind.
    """
    context = browser.new_context(
        base_url=f"http://127.0.0.1:{stack.port_base}",
        viewport={"width": 1280, "height": 860},
        locale="en-GB",
        timezone_id="Europe/Berlin",
    )
    context.set_default_timeout(20_000)
    asked: set[str] = set()
    context.on("requestfinished", lambda request: asked.add(urlsplit(request.url).netloc))
    # What the policy stopped never left; what failed in any other way did.
    context.on(
        "requestfailed", lambda request: None if request.failure == "csp" else asked.add(urlsplit(request.url).netloc)
    )
    context.tracing.start(screenshots=True, snapshots=True)
    yield context
    if request.node.stash.get(_FAILED, True):
        name = re.sub(r"\W+", "-", request.node.name)
        _RESULTS.mkdir(exist_ok=True)
        for number, page in enumerate(context.pages):
            page.screenshot(path=_RESULTS / f"{name}-{number}.png", full_page=True)
        context.tracing.stop(path=_RESULTS / f"{name}.zip")
    else:
        context.tracing.stop()
    context.close()
    assert asked <= {"", f"127.0.0.1:{stack.port_base}"}, "the application talks to nobody but lui"


@pytest.fixture(name="page")
def _page(context: BrowserContext) -> Page:
    return context.new_page()


@pytest.fixture(name="screens")
def _screens(page: Page, stack: Stack) -> Screens:
    """The application before anybody has signed in."""
    return Screens(page, stack.credentials())


@pytest.fixture(name="signed_in")
def _signed_in(screens: Screens) -> Screens:
    """The application with the administrator signed in, at the jobs."""
    screens.sign_in()
    return screens


@pytest.fixture(name="integrator")
def _integrator(stack: Stack) -> Iterator[Integrator]:
    """The same person, working by script."""
    integrator = Integrator(stack)
    yield integrator
    integrator.close()
