"""`python -m tests.bench.composing`: composing against the usual way and against joining ready pieces.

    python -m tests.bench.composing [--people N] [--rounds N] [--json FILE]

The three take turns, CPU time is measured and the median of the rounds counts. Then what a mail program would show
is compared for many people: both parts and the headers, every fiftieth with the library's own parser. The last line
is JSON. Exits with 1 when a ratio is missed or anything differs.
"""

import argparse
import binascii
import email
import json
import platform
import re
import sys
import time
from collections import deque
from collections.abc import Callable, Iterator
from email.header import decode_header, make_header
from email.message import EmailMessage
from email.policy import default
from itertools import islice
from pathlib import Path
from statistics import median

from common.contracts.signed_token import TokenKeys
from mailer.composing.service import Composed, Message, Origins, Recipient, Secrets, compile_message
from tests.bench import composing_letter as letter
from tests.bench.composing_rivals import PIECES, Naive, ready_pieces

LEAST_TIMES_NAIVE = 100.0
LEAST_OF_JOINING = 0.12
BATCH = 32
_OURS, _NAIVES, _JOINS = 2_048, 96, 16_384
_PARSED_WHOLE = 50


def compiled() -> Message:
    """The letter, compiled."""
    origins = Origins(letter.TRACKER, letter.PAGES, letter.BOUNCES)
    return compile_message(letter.document(), Secrets(b"m" * 32, b"p" * 32), origins, TokenKeys([b"k" * 32]))


def composed(message: Message, people: list[Recipient]) -> Iterator[Composed]:
    """Everybody's message, in batches as the engine asks for them; tokens are part of the work."""
    for at in range(0, len(people), BATCH):
        batch = people[at : at + BATCH]
        tokens = message.tokens(batch)
        for each in message.compose_batch(batch, tokens):
            if not isinstance(each, Composed):
                raise each
            yield each


def microseconds(work: Callable[[], object], count: int) -> float:
    """CPU time of one of `count`."""
    before = time.process_time()
    work()
    return (time.process_time() - before) / count * 1e6


def measured(message: Message, rounds: int) -> dict[str, float]:
    """Median CPU microseconds of each way; they take turns so that whatever disturbs one disturbs all."""
    people = list(letter.people(_OURS))
    tokens = message.tokens(people)
    ready = list(composed(message, people[:_NAIVES]))
    naive, pieces = Naive(), ready_pieces(ready[0], _JOINS)

    def by_naive() -> None:
        for recipient, token, like in zip(people, tokens, ready, strict=False):
            naive.message(recipient, token, like)

    def by_joining() -> None:
        for each in pieces:
            b"".join(each)

    found: dict[str, list[float]] = {"ours": [], "naive": [], "joining": []}
    for _ in range(rounds):
        found["ours"].append(microseconds(lambda: deque(composed(message, people), 0), len(people)))
        found["naive"].append(microseconds(by_naive, _NAIVES))
        found["joining"].append(microseconds(by_joining, _JOINS))
    return {name: round(median(times), 2) for name, times in found.items()} | {"octets": len(ready[0].data)}


def differences(message: Message, count: int) -> int:
    """How many of so many people would see something else than the usual way would have shown them."""
    naive, differing = Naive(), 0
    people = letter.people(count, seed=7)
    while batch := list(islice(people, BATCH * 16)):
        tokens = message.tokens(batch)
        for recipient, token, made in zip(batch, tokens, composed(message, batch), strict=True):
            whole = recipient.ordinal % _PARSED_WHOLE == 0
            if whole:
                differing += _shown_by_parser(made.data) != _shown_by_parser(naive.message(recipient, token, made))
            else:
                differing += _shown(made.data) != _same_entities(naive.parts(recipient, token))
    return differing


def _same_entities(parts: tuple[str, str, str]) -> tuple[str, str, str]:
    subject, text, page = parts
    # The two escape quotes by different names of the same characters.
    return subject, text, page.replace("&#39;", "&#x27;").replace("&#34;", "&quot;")


def _shown(data: bytes) -> tuple[str, str, str]:
    """Subject, text and HTML, taken apart by hand: the library's parser takes a thousand times as long as composing."""
    head, _, body = data.partition(b"\r\n\r\n")
    header = re.search(rb"\r\nSubject: (.*?)\r\n(?! )", head + b"\r\n", re.DOTALL)
    limit = re.search(rb'boundary="([^"]+)"', head)
    if header is None or limit is None:
        raise AssertionError("a message without subject or boundary")
    subject = str(make_header(decode_header(header.group(1).replace(b"\r\n", b"").decode("ascii"))))
    text, page = (
        binascii.a2b_qp(part.partition(b"\r\n\r\n")[2]).decode().replace("\r\n", "\n")
        for part in body.split(b"--" + limit.group(1))[1:3]
    )
    return subject, text.removesuffix("\n"), page.removesuffix("\n")


def _shown_by_parser(data: bytes) -> tuple[list[tuple[str, str]], list[str]]:
    message = email.message_from_bytes(data, policy=default)
    if not isinstance(message, EmailMessage):
        raise TypeError("not a message")
    names = ("From", "To", "Subject", "Message-ID", "List-Unsubscribe-Post")
    headers = [(name, str(message[name])) for name in names]
    contents = [part.get_content() for part in message.iter_parts() if isinstance(part, EmailMessage)]
    page = _same_entities(("", "", contents[1]))[2]
    return headers, [content.replace("\r\n", "\n").rstrip("\n") for content in (contents[0], page)]


def say(line: str) -> None:
    """Print."""
    sys.stdout.write(f"{line}\n")


def main() -> int:
    """Measure, compare, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--json", type=Path)
    asked = parser.parse_args()
    message = compiled()
    times = measured(message, asked.rounds)
    times_naive, of_joining = times["naive"] / times["ours"], times["joining"] / times["ours"]
    differing = differences(message, asked.people)
    is_right = differing == 0 and times_naive >= LEAST_TIMES_NAIVE and of_joining >= LEAST_OF_JOINING
    say(f"{times['octets']:.0f} octets, 12 fields, 3 conditions, 10 links in each of two parts; one thread, CPU time")
    say(f"ours                           {times['ours']:9.2f} us")
    say(f"Jinja2 + regex + EmailMessage  {times['naive']:9.2f} us   x {times_naive:.0f} (>= {LEAST_TIMES_NAIVE:.0f})")
    say(f"joining {PIECES} ready pieces        {times['joining']:9.2f} us   {of_joining:.3f} (>= {LEAST_OF_JOINING})")
    say(f"decoded output differs for {differing} of {asked.people:,} people")
    result = {
        "bench": "composing",
        "python": platform.python_version(),
        "machine": platform.machine(),
        "rounds": asked.rounds,
        "microseconds": times,
        "times_naive": round(times_naive, 1),
        "of_joining": round(of_joining, 3),
        "people": asked.people,
        "differing": differing,
        "ok": is_right,
    }
    line = json.dumps(result)
    say(line)
    if asked.json is not None:
        asked.json.write_text(line + "\n")
    return 0 if is_right else 1


if __name__ == "__main__":
    sys.exit(main())
