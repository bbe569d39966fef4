"""Making the demonstration data set: mailings over lui's API, what their recipients did over tracker's stream.

Mail is really sent, into the catcher. What is done today is done over HTTP, as people do it; only what was done in
months gone by is stated to the broker as an intake of tracker would have stated it then.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from local_stack.demo.api import Lui, until
from local_stack.demo.cast import Part
from local_stack.demo.mailbox import Mail, Mailbox, Reader
from local_stack.demo.steps import Wanted, prepared
from local_stack.layout import Layout, StackError
from local_stack.output import say
from local_stack.seed import catalogue, letter, people
from local_stack.seed.broker import Broker
from local_stack.seed.catalogue import MAILINGS, Mailing
from local_stack.seed.past import Delivered, batches

SPOOLED = "tracker.reactions.spooled.v1"
_TESTER = "you@clean-air-machine.example"
_SECONDS = 180.0
_READERS_TODAY = 40
_TOKEN = re.compile(r"[0-9a-fA-F]{54}")


@dataclass(frozen=True)
class Stage:
    """Where the mailings are made."""

    lui: Lui
    broker: Broker
    catcher_url: str
    today: date


def run(layout: Layout, status: dict[str, Any], administrator: dict[str, str], password: str) -> None:
    """Fill a running stack; what is there already is left as it is. Raises `StackError`.

    `password` is the one tracker shows the broker.
    """
    urls = status["urls"]
    today = datetime.now(UTC).date()
    with Lui(urls["lui"], administrator["api_token"]) as lui:
        if (report := _report(lui)) is not None:
            say(f"the demonstration data set is there already: {urls['lui']}/reports/{report['id']}")
            return
        with Broker(layout, "tracker", password) as broker:
            stage = Stage(lui, broker, urls["catcher"], today)
            jobs = [_mail(stage, mailing) for mailing in MAILINGS]
        report = _save_report(lui, [job["id"] for job in jobs], today)
        sums = _checked(lui, report)
    _print(urls, administrator, report, sums)


def _report(lui: Lui) -> dict[str, Any] | None:
    found: list[dict[str, Any]] = lui.call("GET", "/reports", params={"limit": 200})["items"]
    return next((report for report in found if report["title"] == catalogue.REPORT), None)


def _mail(stage: Stage, mailing: Mailing) -> dict[str, Any]:
    """A mailing with everything that was done with it. One that was begun and never sent is begun again."""
    lui, title = stage.lui, mailing.title(stage.today)
    same = lui.call("GET", "/jobs", params={"title": title, "limit": 50})["items"]
    for job in same:
        if job["stage"] == "delivered":
            say(f"{title}: there already")
            return dict(job)
        if job["stage"] == "open":
            lui.call("DELETE", f"/jobs/{job['id']}")
    say(f"{title}: to {people.COUNT} people")
    mailbox = Mailbox(stage.catcher_url)
    job = _sent(lui, _prepared(lui, mailing, title))
    mails = mailbox.wait_for({people.address_of(ordinal) for ordinal in range(1, _READERS_TODAY + 1)})
    number = _number(next(iter(mails.values())))
    if mailing.reactions:
        _state(stage, Delivered(mailing, number, _links(lui, job["id"])))
    else:
        _read(mails)
    _wait_until_counted(lui, job["id"], mailing)
    return job


def _prepared(lui: Lui, mailing: Mailing, title: str) -> dict[str, Any]:
    said = letter.letter_about(mailing.key, mailing.topic)
    content = {"subject": said.subject, "html": said.html, "text": said.text}
    file = people.recipient_file()
    return prepared(lui, Wanted(title, "readers.csv", file, content, letter.SENDER, mailing.level))


def _sent(lui: Lui, job: dict[str, Any]) -> dict[str, Any]:
    path = f"/jobs/{job['id']}"
    test = lui.call("POST", f"{path}/tests", {"addresses": [_TESTER], "recipient": 1})
    lui.wait_for_end(test["id"])
    lui.call("POST", f"{path}/tests/{test['id']}/accept")
    lui.call("POST", f"{path}/authorize", {})
    live = until(lambda: lui.delivery(job["id"], "live"), seconds=60, what="the live delivery to begin")
    end = lui.wait_for_end(live["id"], seconds=_SECONDS)
    if end["state"] != "finished" or end["counts"]["sent"] != people.COUNT:
        raise StackError(f"the delivery of {job['title']!r} ended {end['state']} with {end['counts']}")
    return job


def _number(mail: Mail) -> int:
    """The number of the delivery in tokens: it can be read, not forged, in the address bounces go to."""
    if (token := _TOKEN.search(mail.mail_from)) is None:
        raise StackError(f"{mail.mail_from} is no return path of ours")
    return int.from_bytes(bytes.fromhex(token[0])[1:5], "big")


def _links(lui: Lui, job_id: str) -> dict[Any, Sequence[int]]:
    links = lui.call("GET", f"/jobs/{job_id}/content")["links"]
    return {
        part: [int(link["id"]) for link in links if link["part"] == part][: len(letter.LINKS)]
        for part in ("html", "text")
    }


def _state(stage: Stage, delivered: Delivered) -> None:
    for batch in batches(delivered, stage.today):
        stage.broker.publish(SPOOLED, batch.message_id, batch.fact())


def _read(mails: dict[str, Mail]) -> None:
    """Some people open it, and some of them click."""
    reader = Reader()
    for ordinal in range(1, _READERS_TODAY + 1):
        mail = mails[people.address_of(ordinal)]
        part: Part = "text" if people.reads_text(ordinal) else "html"
        if part == "html":
            reader.load(mail.images[-1])
        if ordinal % 3 == 0:
            reader.follow(mail.links[part][ordinal % len(letter.LINKS)])


def _wait_until_counted(lui: Lui, job_id: str, mailing: Mailing) -> None:
    clicks = sum(done.html + done.text for done in mailing.reactions.values()) or _READERS_TODAY // 3

    def counted() -> bool | None:
        return lui.call("GET", f"/jobs/{job_id}/report")["clicks"]["any"] == clicks or None

    until(counted, seconds=_SECONDS, what=f"{clicks} clicks to be counted")


def _save_report(lui: Lui, job_ids: Sequence[str], today: date) -> dict[str, Any]:
    month = catalogue.first_of(today, catalogue.LAST_MONTH)
    sources = [
        {"name": name, "event": event, "job_ids": list(job_ids)}
        for name, event in (("Any link", "clicks"), ("HTML", "clicks_html"), ("Text", "clicks_text"))
    ]
    query = {
        "type": "sum",
        "sources": sources,
        "period": {"month": f"{month:%Y-%m}"},
        "time_zone": "UTC",
        "interval": "day",
        "count": "total",
        "judged": None,
    }
    body = {"title": catalogue.REPORT, "query": query, "sharing": "group"}
    report: dict[str, Any] = lui.call("POST", "/reports", body)
    return report


def _checked(lui: Lui, report: dict[str, Any]) -> list[tuple[str, int]]:
    """The sums of the report, which must be the whitepaper's."""
    result = lui.call("GET", f"/reports/{report['id']}/result")
    sums = [(series["name"], series["total"]) for series in result["series"]]
    expected = [
        ("Any link", catalogue.ANY_LINK),
        ("HTML", catalogue.IN_HTML),
        ("Text", catalogue.IN_TEXT),
    ]
    if sums != expected:
        raise StackError(f"the report {catalogue.REPORT!r} says {sums}, done was {expected}")
    return sums


def _print(
    urls: dict[str, str], administrator: dict[str, str], report: dict[str, Any], sums: Sequence[tuple[str, int]]
) -> None:
    lines = [
        "",
        f"{catalogue.REPORT}:",
        *(f"  {name:<10} {total:>7,}" for name, total in sums),
        "",
        f"  Tutti          {urls['lui']}    sign in as {administrator['account']} / {administrator['password']}",
        f"  the report     {urls['lui']}/reports/{report['id']}",
        f"  caught mail    {urls['catcher']}",
    ]
    for line in lines:
        say(line)
