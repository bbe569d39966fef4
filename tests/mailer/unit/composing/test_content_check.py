"""What lui is told about a content before anybody may send it."""

import time
from typing import Any

import pytest

from mailer.composing.schemas import ContentCheckIn, ContentCheckOut
from mailer.composing.service import check_content

COLUMNS = ["EMAIL", "NAME", "AGE"]


def checked(html: str | None = None, text: str | None = None, subject: str = "Hi", **more: Any) -> ContentCheckOut:
    return check_content(ContentCheckIn(subject=subject, html=html, text=text, **{"columns": COLUMNS, **more}))


def errors(answer: ContentCheckOut) -> list[tuple[str, int, int, str]]:
    return [(error.part, error.line, error.column, error.detail) for error in answer.errors]


def test_links_are_numbered_once_per_part_target_and_alias() -> None:
    html = (
        '<p><a href="https://a.test/">1</a> <a href="https://a.test/">again</a>'
        '<a data-alias="top" href="https://a.test/">other row</a> <a href="https://b.test/?x=1&amp;y=2">2</a></p>'
    )
    answer = checked(html, "See https://a.test/ and https://a.test/.")
    assert [(link.number, link.part, link.url, link.alias) for link in answer.links] == [
        (1, "html", "https://a.test/", None),
        (2, "html", "https://a.test/", "top"),
        (3, "html", "https://b.test/?x=1&y=2", None),
        (4, "text", "https://a.test/", None),
    ]
    assert answer.errors == []


def test_links_with_merge_fields_are_personal() -> None:
    answer = checked('<a href="https://a.test/{{ EMAIL }}">x</a>', "t")
    [link] = answer.links
    assert link.personal
    assert link.url == "https://a.test/{{ EMAIL }}"
    assert any("levels unique and personal" in warning.detail for warning in answer.warnings)


@pytest.mark.parametrize(
    "href",
    ["mailto:a@b.test", "tel:+491234", "#top", "{{ unsubscribe_url }}", "https://x.test/?u={{ unsubscribe_url }}"],
)
def test_some_links_are_left_alone(href: str) -> None:
    answer = checked(f'<a href="{href}">x</a>', "t")
    assert answer.links == []
    assert answer.errors == []


@pytest.mark.parametrize(
    "href",
    [
        "javascript:alert(1)", "JaVaScRiPt:alert(1)", "java\tscript:alert(1)", " javascript:alert(1)",
        "&#106;avascript:alert(1)", "java&#10;script:alert(1)", "data:text/html,x", "vbscript:x", "file:///etc/passwd",
        "ftp://a.test/", "/relative", "//a.test/", "a.test", "\x01javascript:alert(1)",
    ],
)  # fmt: skip
def test_links_that_are_not_pages_or_mail_are_mistakes_with_their_line(href: str) -> None:
    [(part, line, _, detail)] = errors(checked(f'<p>\n\n<a class="x" href="{href}">x</a></p>', "t"))
    assert (part, line) == ("html", 3)
    assert "link" in detail


def test_script_in_an_image_address_is_a_mistake() -> None:
    assert len(checked('<img src="javascript:alert(1)"><form action="javascript:x"></form>', "t").errors) == 2


def test_merge_fields_are_listed_by_part() -> None:
    html = '{% if AGE > 18 %}<a href="https://a.test/{{ EMAIL }}">{{ NAME }}</a>{% endif %}'
    fields = {(field.name, field.part) for field in checked(html, "{{ NAME }}", "{{ NAME }}").merge_fields}
    assert {("NAME", "subject"), ("NAME", "html"), ("AGE", "html"), ("EMAIL", "link"), ("NAME", "text")} <= fields


def test_unknown_fields_are_mistakes_only_when_the_columns_are_known() -> None:
    assert errors(checked("<p>\n{{ NOBODY }}</p>", "t"))[0][:3] == ("html", 2, 4)
    assert checked("<p>{{ NOBODY }}</p>", "t", columns=None).errors == []


def test_mistakes_in_every_part_come_at_once() -> None:
    answer = checked("{% if NAME %}", "{{ X }}", "{{ Y }}")
    assert {error.part for error in answer.errors} == {"subject", "html", "text"}


def test_a_subject_of_two_lines_is_a_mistake() -> None:
    assert errors(checked(None, "t", "a\r\nBcc: b@c.test")) == [("subject", 1, 1, "the subject must be one line")]


def test_content_needs_a_part() -> None:
    assert len(checked().errors) == 1


def test_unclosed_comments_and_tags_are_mistakes() -> None:
    assert errors(checked("<p>a\n<!-- b</p>", "t"))[0][1:] == (2, 1, "this comment is never closed")
    assert errors(checked('<p>a</p>\n <a href="x', "t"))[0][1:] == (2, 2, "this tag is never closed")


def test_fields_in_attributes_without_quotes_are_mistakes() -> None:
    assert "quotes" in errors(checked("<td class={{ NAME }}>x</td>", "t"))[0][3]


def test_entities_that_editors_write_into_conditions_are_understood() -> None:
    assert checked("{% if AGE &gt; 18 and NAME != &quot;x&quot; %}<b>y</b>{% endif %}", "t").errors == []


def test_a_text_part_is_written_where_none_is_given() -> None:
    html = (
        "<html><head><title>no</title><style>p{}</style></head><body><h1>Hello {{ NAME }}</h1>"
        "<table><tr>{% if AGE &gt; 18 %}<td>Adults &amp; more</td>{% endif %}</tr></table>"
        '<ul><li>one</li><li><a href="https://a.test/?a=1&amp;b=2">two</a></li></ul>'
        '<p>Write to <a href="mailto:us@a.test">us@a.test</a><br>or&nbsp;call</p>'
        '<img src="https://a.test/x.png" alt="Logo">'
        "<p>literal &#123;&#123; NAME }}</p></body></html>"
    )
    answer = checked(html)
    assert answer.errors == []
    assert answer.text_alternative == (
        "Hello {{ NAME }}\n\n{% if AGE > 18    %} Adults & more{% endif %}\n\n- one\n- two <https://a.test/?a=1&b=2>\n\n"
        "Write to us@a.test\nor\xa0call\n\nLogo\n\n{% raw %}literal {{ NAME }}{% endraw %}\n"
    )
    assert [(link.part, link.url) for link in answer.links] == [
        ("html", "https://a.test/?a=1&b=2"),
        ("text", "https://a.test/?a=1&b=2"),
    ]


def test_addresses_in_text_end_where_the_sentence_does() -> None:
    text = '(see https://a.test/x_(y)). Or <https://b.test/q?a={{ EMAIL | url_encode }}>, "https://c.test"!'
    assert [link.url for link in checked(None, text).links] == [
        "https://a.test/x_(y)",
        "https://b.test/q?a={{ EMAIL | url_encode }}",
        "https://c.test",
    ]


def test_more_links_than_a_plan_can_hold_are_a_mistake() -> None:
    text = " ".join(f"https://a.test/{number}" for number in range(301))
    assert errors(checked(None, text)) == [("text", 1, 1, "there are more than 300 different links")]


@pytest.mark.parametrize(
    "html",
    [
        "<a " * 60_000 + ">",
        "<!--" * 60_000 + "-->",
        '<a b="' * 30_000 + '">',
        "<" * 200_000 + ">",
        "</" * 100_000 + ">",
        "<![CDATA[" * 20_000 + ">",
        "<?" * 100_000 + ">",
        "<div>" * 50_000,
        "&" * 200_000,
        "<script>" * 30_000,
        "<a href='https://a.test/{{ NAME }}'>x</a>" * 5_000,
    ],
)
def test_hostile_markup_is_judged_quickly(html: str) -> None:
    began = time.process_time()
    checked(html, "t")
    assert time.process_time() - began < 10.0
