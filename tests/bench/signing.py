"""What a DKIM signature costs, beside `openssl speed` and dkimpy in the same run.

    python -m tests.bench.signing [--seconds 1] [--rounds 5]

CPU microseconds of whole signatures (canonical forms, hashes, header) against OpenSSL's bare RSA operation, the best of
several rounds that take turns. Two threads are measured by the clock and need two free cores. `openssl` comes with the
Debian package of that name.
"""

import argparse
import re
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from functools import partial

import dkim  # type: ignore[import-untyped]
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_der_private_key,
)

from mailer.signing.signer import Identity, Signer
from tests.bench.composing import compiled, composed
from tests.bench.composing_letter import people
from tests.bench.figure import Figure, exit_status, say
from tests.support.signed import MOMENT, both_keys

BENCH = "signing"
_SIGN = re.compile(r"^rsa 2048 bits\s+([0-9.]+)s", re.MULTILINE)
_THREADS = 2


def a_message() -> tuple[bytes, bytes]:
    """Headers and body of the letter that composing is measured with."""
    (letter,) = composed(compiled(), list(people(1)))
    headers, _, body = letter.data.partition(b"\r\n\r\n")
    return headers + b"\r\n", body


def openssl_us(seconds: int) -> float:
    """CPU microseconds of one RSA-2048 signature, as `openssl speed` sees it."""
    command = ["openssl", "speed", "-seconds", str(seconds), "rsa2048"]
    done = subprocess.run(command, check=True, capture_output=True, text=True, timeout=60)  # noqa: S603
    found = _SIGN.search(done.stdout)
    if found is None:
        raise RuntimeError("openssl speed said nothing about rsa 2048")
    return float(found[1]) * 1e6


def cpu_us(work: Callable[[], object], seconds: float) -> float:
    """CPU microseconds of one call, over about so many seconds."""
    count, began, until = 0, time.process_time(), time.process_time() + seconds
    while time.process_time() < until:
        for _ in range(20):
            work()
        count += 20
    return (time.process_time() - began) / count * 1e6


def per_second(work: Callable[[], object], threads: int, seconds: float) -> float:
    """Calls a second by the clock, all threads together."""
    counts = [0] * threads
    start = threading.Barrier(threads + 1)
    over = threading.Event()

    def run(which: int) -> None:
        start.wait()
        while not over.is_set():
            work()
            counts[which] += 1

    running = [threading.Thread(target=run, args=(which,)) for which in range(threads)]
    for thread in running:
        thread.start()
    start.wait()
    began = time.perf_counter()
    time.sleep(seconds)
    over.set()
    for thread in running:
        thread.join()
    return sum(counts) / (time.perf_counter() - began)


def dkimpy_us(identity: Identity, headers: bytes, body: bytes) -> float:
    """CPU microseconds of one signature by dkimpy."""
    key = load_der_private_key(identity.key.octets(), None)
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.TraditionalOpenSSL, NoEncryption())
    data = headers + b"\r\n" + body
    names = [b"from", b"to", b"subject", b"date", b"list-unsubscribe"]

    def work() -> object:
        return dkim.sign(data, b"s", b"example.org", pem, canonicalize=(b"relaxed", b"relaxed"), include_headers=names)

    work()
    began = time.process_time()
    for _ in range(10):
        work()
    return (time.process_time() - began) / 10 * 1e6


def figures(seconds: int, rounds: int) -> Sequence[Figure]:
    """Everything measured."""
    headers, body = a_message()
    rsa, ed25519 = both_keys()
    chosen = {"rsa": [rsa], "ed25519": [ed25519], "both": [rsa, ed25519]}
    works = {name: partial(Signer(keys, MOMENT).sign, headers, body) for name, keys in chosen.items()}
    best = dict.fromkeys((*works, "openssl"), float("inf"))
    one, two = 0.0, 0.0
    for _ in range(rounds):
        best["openssl"] = min(best["openssl"], openssl_us(seconds))
        for name, work in works.items():
            best[name] = min(best[name], cpu_us(work, seconds / 2))
        one = max(one, per_second(works["rsa"], 1, seconds / 2))
        two = max(two, per_second(works["rsa"], _THREADS, seconds / 2))
    rival = dkimpy_us(rsa, headers, body)
    conditions = {"octets": len(headers) + len(body), "rounds": rounds, "seconds": seconds, "best of rounds": True}
    return [
        Figure(BENCH, "RSA-2048 signature, canonical forms and all", best["rsa"], "us CPU", None, conditions),
        Figure(BENCH, "RSA-2048 operation, openssl speed", best["openssl"], "us CPU", None, conditions),
        Figure(BENCH, "RSA-2048 of openssl speed", best["openssl"] / best["rsa"], "x", ">= 0.75", conditions),
        Figure(BENCH, "two threads of one, RSA-2048", two / one, "x", ">= 1.7", conditions),
        Figure(BENCH, "Ed25519 signature", best["ed25519"], "us CPU", None, conditions),
        Figure(BENCH, "both signatures", best["both"], "us CPU", None, conditions),
        Figure(BENCH, "RSA-2048 of dkimpy", rival / best["rsa"], "x", None, {**conditions, "dkimpy_us": round(rival)}),
    ]


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=int, default=1)
    parser.add_argument("--rounds", type=int, default=5)
    asked = parser.parse_args()
    return exit_status([say(each) for each in figures(asked.seconds, asked.rounds)])


if __name__ == "__main__":
    sys.exit(main())
