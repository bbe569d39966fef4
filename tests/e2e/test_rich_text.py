"""A letter that was saved opens in the rich text editor, however late its parts arrive, and can be written on."""

from playwright.sync_api import Route, expect

from tests.e2e.screens import Screens
from tests.support.mailing import Integrator

_LETTER = {"subject": "News", "html": "<h1>Dear reader,</h1><p>our catalogue is out.</p>"}


def test_a_saved_letter_opens_every_time_and_keeps_what_is_typed(signed_in: Screens, integrator: Integrator) -> None:
    screens, page = signed_in, signed_in.page
    job = integrator.call("POST", "/jobs", {"title": "Rich text"})["id"]
    integrator.call("PUT", f"/jobs/{job}/content", _LETTER)
    editor = page.get_by_role("textbox", name="HTML")
    for _ in range(6):
        page.goto(f"/jobs/{job}/content")
        expect(editor).to_contain_text("our catalogue is out.")
    # The content may also arrive long after the editor, or long before it.
    held: list[Route] = []
    page.route(
        "**/jobs/*/content", lambda route: held.append(route) if "/api/" in route.request.url else route.continue_()
    )
    with page.expect_request("**/api/v1/jobs/*/content"):
        page.goto(f"/jobs/{job}/content")
    for route in held:
        route.continue_()
    page.unroute_all(behavior="ignoreErrors")
    expect(editor).to_contain_text("our catalogue is out.")

    editor.press("Control+End")
    editor.press_sequentially(" See you!")
    screens.button("Save").click()
    expect(page.get_by_text("Changes not saved")).to_be_hidden()
    assert "our catalogue is out. See you!" in integrator.call("GET", f"/jobs/{job}/content")["html"]
