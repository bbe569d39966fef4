"""A report as a table for a spreadsheet."""

import csv
from datetime import UTC, datetime

from common.contracts.mailer import BounceClass
from lui.reports.exports import report_csv
from lui.reports.schemas.summary import BouncesOut, ClicksOut, LinkRow, OpensOut, ReportOut


def a_report(*links: LinkRow) -> ReportOut:
    return ReportOut(
        opens=OpensOut(total=12, unique=7),
        clicks=ClicksOut(any=5, html=4, text=1, unique=3),
        by_link=list(links),
        bounces=BouncesOut(total=2, permanent=1, temporary=1, by_class={BounceClass.MAILBOX_FULL: 2}, complaints=1),
        unsubscribed=1,
        as_of=datetime(2026, 11, 22, tzinfo=UTC),
        rules_version=2,
    )


def rows_of(table: bytes) -> list[list[str]]:
    return list(csv.reader(table.decode("utf-8-sig").splitlines()))


def test_every_number_of_the_report_is_in_the_table() -> None:
    link = LinkRow(link_id="1", part="html", url="https://example.org/", alias="home", total=4, unique=None)
    assert rows_of(report_csv(a_report(link))) == [
        ["measure", "part", "link", "alias", "total", "unique"],
        ["opens", "", "", "", "12", "7"],
        ["clicks", "", "", "", "5", "3"],
        ["clicks", "html", "", "", "4", ""],
        ["clicks", "text", "", "", "1", ""],
        ["clicks on link", "html", "https://example.org/", "home", "4", ""],
        ["bounces", "", "", "", "2", ""],
        ["bounces: mailbox_full", "", "", "", "2", ""],
        ["complaints", "", "", "", "1", ""],
        ["unsubscribed", "", "", "", "1", ""],
    ]


def test_an_alias_never_becomes_a_formula() -> None:
    for alias in ('=HYPERLINK("http://evil.example")', "+1", "-1", "@SUM(A1)", "\t=1"):
        link = LinkRow(link_id="1", part="html", url="https://example.org/", alias=alias, total=0, unique=0)
        assert rows_of(report_csv(a_report(link)))[5][3] == f"'{alias}"
