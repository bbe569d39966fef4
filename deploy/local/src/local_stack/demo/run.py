"""The demonstration: one mailing from the file of recipients to the report, over the public interfaces only."""

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from local_stack.demo import letter
from local_stack.demo.api import Lui, until
from local_stack.demo.cast import CAST, recipient_file
from local_stack.demo.mailbox import Mailbox, Reader
from local_stack.demo.reactions import Tally, act
from local_stack.demo.report import differences, table
from local_stack.demo.steps import Wanted, prepared
from local_stack.layout import StackError
from local_stack.output import say

_TESTER = "you@clean-air-machine.example"
_REPORT_SECONDS = 30


@dataclass(frozen=True)
class Outcome:
    """What the demonstration ends with."""

    job: dict[str, Any]
    counts: dict[str, int]
    report: dict[str, Any]
    tally: Tally


def credentials(file: Path) -> dict[str, str]:
    """The first administrator's account, password and API token. Raises `StackError` when hub wrote none."""
    try:
        found: dict[str, str] = json.loads(file.read_text(encoding="utf-8"))
        return {name: found[name] for name in ("account", "password", "api_token")}
    except (OSError, ValueError, KeyError) as problem:
        raise StackError(f"{file} cannot be read ({problem})") from problem


def run(status: dict[str, Any], administrator: dict[str, str]) -> None:
    """Send the mailing through a running stack. Raises `StackError` when anything is not as it should be."""
    urls = status["urls"]
    with Lui(urls["lui"], administrator["api_token"]) as lui:
        job = _prepare(lui)
        _test(lui, job["id"])
        mailbox = Mailbox(urls["catcher"])
        say("authorizing")
        lui.call("POST", f"/jobs/{job['id']}/authorize", {})
        counts = _wait_until_sent(lui, job["id"])
        mails = mailbox.wait_for({person.address for person in CAST})
        say("the recipients read, look and click")
        tally = act(mails, Reader())
        report = _wait_for_report(lui, job["id"], tally)
    _print(Outcome(job, counts, report, tally), status, administrator)


def _prepare(lui: Lui) -> dict[str, Any]:
    say("preparing the job: recipients, content, tracking, sender, schedule")
    title = f"Clean Air Machine recall, {datetime.now(UTC):%d %B %Y %H:%M:%S}"
    content = {"subject": letter.SUBJECT, "html": letter.HTML, "text": letter.TEXT}
    return prepared(lui, Wanted(title, "buyers.csv", recipient_file(), content, letter.SENDER, "personal"))


def _test(lui: Lui, job_id: str) -> None:
    say("sending a test and accepting it")
    test = lui.call("POST", f"/jobs/{job_id}/tests", {"addresses": [_TESTER], "recipient": 1})
    end = lui.wait_for_end(test["id"])
    if end["counts"]["sent"] != 1:
        raise StackError(f"the test delivery ended {end['state']} with {_words(end['counts'])}")
    lui.call("POST", f"/jobs/{job_id}/tests/{test['id']}/accept")


def _wait_until_sent(lui: Lui, job_id: str) -> dict[str, int]:
    live = until(lambda: lui.delivery(job_id, "live"), seconds=60, what="the live delivery to begin")
    end = lui.wait_for_end(live["id"])
    counts: dict[str, int] = end["counts"]
    if end["state"] != "finished" or counts["sent"] != len(CAST) or sum(counts.values()) != len(CAST):
        raise StackError(f"the delivery ended {end['state']} with {_words(counts)}")
    return counts


def _wait_for_report(lui: Lui, job_id: str, tally: Tally) -> dict[str, Any]:
    last: list[str] = []

    def complete() -> dict[str, Any] | None:
        report: dict[str, Any] = lui.call("GET", f"/jobs/{job_id}/report")
        last[:] = differences(report, tally)
        return None if last else report

    try:
        return until(complete, seconds=_REPORT_SECONDS, what="the report")
    except StackError as problem:
        raise StackError("\n".join([f"{problem}; it differs:", *(f"    {line}" for line in last)])) from None


def _words(counts: dict[str, int]) -> str:
    return ", ".join(f"{count} {state}" for state, count in counts.items() if count) or "nothing"


def _print(outcome: Outcome, status: dict[str, Any], administrator: dict[str, str]) -> None:
    tally, job, urls = outcome.tally, outcome.job, status["urls"]
    opened = f"{tally.opens} opens by {len(tally.openers)} people"
    clicked = f"{tally.clicks.total()} clicks by {tally.people_who_clicked()} people"
    lines = [
        "",
        f"{job['title']} ({job['system_id']})",
        "",
        f"Delivery: {_words(outcome.counts)}",
        f"Done:     {opened}, {clicked} ({tally.in_part('html')} in HTML, {tally.in_part('text')} in text)",
        "",
        *table(outcome.report),
        "",
        "The report matches what was done. Look around:",
        f"  Tutti          {urls['lui']}    sign in as {administrator['account']} / {administrator['password']}",
        f"  the job        {urls['lui']}/jobs/{job['id']}",
        f"  caught mail    {urls['catcher']}",
        f"  API            {urls['lui']}/api/v1/openapi.json    Authorization: Bearer {administrator['api_token']}",
        "Stop it with `make down`, remove it with `make reset`.",
    ]
    for line in lines:
        say(line)
