"""The pages recipients see."""

import base64
import hashlib
import re
from collections.abc import Callable
from html.parser import HTMLParser

import pytest

from common.contracts.problem import Unavailable
from lui.subscriber_pages import pages

PAGES = [pages.ask("Ada"), pages.ended("Ada"), pages.noted("Ada"), pages.failed(Unavailable("Away"))]


class Document(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))


@pytest.mark.parametrize("page", PAGES)
def test_a_page_loads_and_runs_nothing(page: str) -> None:
    for tag, attributes in Document(page).tags:
        assert tag not in {"script", "img", "iframe", "object", "a"}
        assert not any(name.startswith("on") or name in {"src", "style", "action"} for name in attributes)
        assert attributes.get("href", "data:,") == "data:,"


@pytest.mark.parametrize("page", PAGES)
def test_the_policy_allows_exactly_the_style_of_the_page(page: str) -> None:
    [style] = re.findall("<style>(.*?)</style>", page, re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = pages.HEADERS["Content-Security-Policy"]
    assert f"style-src 'sha256-{digest}';" in policy
    assert policy.startswith("default-src 'none';")
    assert "unsafe" not in policy


@pytest.mark.parametrize("page", PAGES)
def test_a_page_is_readable_for_everyone(page: str) -> None:
    tags = Document(page).tags
    names = [tag for tag, _ in tags]
    assert ("html", {"lang": "en"}) in tags
    assert names.count("h1") == names.count("main") == names.count("title") == 1
    assert ("meta", {"name": "viewport", "content": "width=device-width, initial-scale=1"}) in tags
    assert ("meta", {"name": "robots", "content": "noindex, nofollow"}) in tags
    assert "prefers-color-scheme:dark" in page


def test_the_question_is_one_form_with_one_button() -> None:
    names = [tag for tag, _ in Document(pages.ask("Ada")).tags]
    assert (names.count("form"), names.count("input"), names.count("button")) == (1, 1, 1)


@pytest.mark.parametrize("page", [pages.ask, pages.ended, pages.noted])
def test_a_senders_name_is_text_and_never_markup(page: Callable[[str], str]) -> None:
    assert "<script>" not in page("<script>alert(1)</script>")
