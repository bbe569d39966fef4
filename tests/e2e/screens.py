"""What a person does in the application, in the words of the person. Found by roles and labels, as a reader would."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

_A_DELIVERY = 60_000
"""Milliseconds a small delivery may take."""


@dataclass(frozen=True)
class Screens:
    """One page of the browser, and who sits in front of it."""

    page: Page
    credentials: Mapping[str, str]

    def button(self, name: str) -> Locator:
        """The button called exactly so."""
        return self.page.get_by_role("button", name=name, exact=True)

    def heading(self, name: str) -> Locator:
        """The heading called exactly so."""
        return self.page.get_by_role("heading", name=name, exact=True)

    def figure(self, name: str) -> Locator:
        """A number with its label."""
        return self.page.get_by_role("group", name=name, exact=True)

    def step(self, name: str) -> Locator:
        """A step in the rail."""
        return self.page.get_by_role("navigation", name="Steps").get_by_role("link", name=name).first

    # Signing in

    def fill_in_sign_in(self, account: str, password: str) -> None:
        """Type both and send."""
        self.page.get_by_label("Account", exact=True).fill(account)
        self.page.get_by_label("Password", exact=True).fill(password)
        self.button("Sign in").click()

    def sign_in(self) -> None:
        """Come in as the first administrator, and go to the jobs."""
        self.page.goto("/")
        self.fill_in_sign_in(self.credentials["account"], self.credentials["password"])
        expect(self.heading("Dashboard")).to_be_visible()
        self.page.goto("/jobs")
        expect(self.heading("Jobs")).to_be_visible()

    # Preparing

    def create_job(self, title: str) -> None:
        """A new job; afterwards at its recipients."""
        self.button("New job").click()
        self.page.get_by_label("Title").fill(title)
        self.button("Create job").click()
        expect(self.heading(title)).to_be_visible()
        expect(self.heading("Recipients")).to_be_visible()

    def upload(self, file: Path) -> None:
        """Choose the file as a person does, and wait until it was read."""
        with self.page.expect_file_chooser() as chooser:
            self.button("Choose a file").click()
        chooser.value.set_files(file)
        expect(self.heading("How the file is read")).to_be_visible()

    def save_and_continue(self, next_step: str) -> None:
        """Save this step and arrive at the next."""
        self.button("Save and continue").click()
        expect(self.heading(next_step)).to_be_visible()

    def write_content(self, subject: str, html: str) -> None:
        """The subject, and the HTML part as source."""
        self.page.get_by_label("Subject", exact=True).fill(subject)
        self.page.get_by_text("Source", exact=True).click()
        # `fill` puts the text in as a paste does, so that the editor closes no tags on its own.
        self.page.get_by_role("textbox", name="HTML part").fill(html)

    def set_sender(self, address: str, name: str) -> None:
        """Who it is from."""
        self.page.get_by_label("Sender address").fill(address)
        self.page.get_by_label("Sender name").fill(name)

    def send_test(self, address: str) -> None:
        """Send a test and wait until it can be judged."""
        self.page.get_by_label("Test addresses").fill(address)
        self.button("Send test").click()
        expect(self.button("Accept the test")).to_be_visible(timeout=_A_DELIVERY)

    def authorize_and_send(self) -> None:
        """Press the button, and the one that asks whether it is meant."""
        self.page.get_by_role("button", name="Authorize and send").click()
        self.page.get_by_role("dialog").get_by_role("button", name="Authorize and send").click()
        expect(self.heading("Delivery")).to_be_visible()

    def wait_until_finished(self) -> None:
        """Watch the delivery to its end."""
        expect(self.page.get_by_text("Finished", exact=True)).to_be_visible(timeout=_A_DELIVERY)
