"""What the signer puts in front of a message."""

import hashlib
import random
import re
import subprocess
import sys
import threading

import dkim  # type: ignore[import-untyped]
import pytest
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.asymmetric.utils import Prehashed
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import load_der_private_key

from mailer.signing import libcrypto
from mailer.signing.canonical import relaxed_body, relaxed_headers
from mailer.signing.keys import KeyUnusable, SigningKey
from mailer.signing.libcrypto import concurrent_sign
from mailer.signing.signer import SIGNED, Identity, Signer
from tests.support import dkim_verifier
from tests.support.signed import MOMENT, both_keys, random_message, records_of, signer_of

_HEADERS = (
    b"From: Tutti <news@news.example.org>\r\n"
    b"Date: Sun, 22 Nov 2026 09:30:00 +0000\r\n"
    b"List-Id: <group.example.org>\r\n"
    b"To: ada@example.net\r\n"
    b"Subject: A concert\r\n"
    b"Message-ID: <abc@example.org>\r\n"
    b"List-Unsubscribe: <https://example.org/u/1>,\r\n <mailto:u+1@example.org?subject=unsubscribe>\r\n"
    b"List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n"
    b"MIME-Version: 1.0\r\n"
    b"Content-Type: text/plain; charset=utf-8\r\n"
)
_BODY = b"Come and listen.\r\n"
_KEYS = both_keys()
_RECORDS = records_of(_KEYS)


def _dkimpy(message: bytes, number: int) -> bool:
    def record(name: bytes, timeout: int = 5) -> bytes:
        del timeout
        return _RECORDS[name.decode().rstrip(".")].encode()

    try:
        return bool(dkim.DKIM(message).verify(idx=number, dnsfunc=record))
    except dkim.DKIMException:
        return False


def _message(headers: bytes = _HEADERS, body: bytes = _BODY) -> bytes:
    return signer_of(_KEYS).sign(headers, body) + headers + b"\r\n" + body


def test_both_signatures_hold_for_two_verifiers_over_random_messages() -> None:
    chance = random.Random(6376)  # noqa: S311 - messages, not secrets
    for _ in range(60):
        message = _message(*random_message(chance))
        found = dkim_verifier.signatures_in(message)
        said = [dkim_verifier.verify(message, each, _RECORDS, dkim_verifier.openssl_check).algorithm for each in found]
        assert said == ["rsa-sha256", "ed25519-sha256"]
        assert [_dkimpy(message, number) for number in range(2)] == [True, True]


def test_canonical_forms_are_those_of_the_second_reading_of_the_standard() -> None:
    chance = random.Random(8463)  # noqa: S311
    for _ in range(2_000):
        headers, body = random_message(chance, colons=(b": ", b":", b" : ", b" \t:\t"))
        assert relaxed_body(body) == dkim_verifier.relaxed_body(body)
        fields, _ = dkim_verifier.fields_of(headers + b"\r\n")
        assert [each + b"\r\n" for _, each in relaxed_headers(headers)] == [
            dkim_verifier.relaxed_header(field) for _, field in fields
        ]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b"A concert", b"A concerto"),
        (b"List-Unsubscribe=One-Click", b"List-Unsubscribe=Two-Click"),
        (b"https://example.org/u/1", b"https://example.net/u/1"),
        (b"Come and listen.", b"Come and pay."),
        (b"Come and listen.\r\n", b"Come and listen.\r\nAnd pay.\r\n"),
    ],
)
def test_nothing_that_is_covered_can_be_altered(before: bytes, after: bytes) -> None:
    message = _message()
    altered = message.replace(before, after)
    assert altered != message
    for number, signature in enumerate(dkim_verifier.signatures_in(message)):
        with pytest.raises(dkim_verifier.Invalid):
            dkim_verifier.verify(altered, signature, _RECORDS, dkim_verifier.openssl_check)
        assert not _dkimpy(altered, number)


@pytest.mark.parametrize("name", sorted(SIGNED))
def test_no_header_of_those_that_mean_something_can_be_added(name: bytes) -> None:
    added = name + b": something else\r\n"
    message = _message()
    body_at = message.index(b"\r\n\r\n") + 2
    for altered in (added + message, message[:body_at] + added + message[body_at:]):
        assert not _dkimpy(altered, 0)


def test_a_signature_says_when_who_and_over_what() -> None:
    signature = dkim_verifier.verify(
        _message(), dkim_verifier.signatures_in(_message())[0], _RECORDS, dkim_verifier.openssl_check
    )
    assert (signature.domain, signature.selector) == ("example.org", "r2026")
    assert signature.identity == "@news.example.org"
    assert signature.time == int(MOMENT.timestamp())
    for name in ("from", "list-unsubscribe", "list-unsubscribe-post"):
        assert signature.covered.count(name) == 2
    assert b" l=" not in _message()


def test_every_instance_of_a_repeated_header_is_covered() -> None:
    headers = _HEADERS + b"Reply-To: one@example.org\r\nReply-To: two@example.org\r\n"
    message = _message(headers)
    assert _dkimpy(message, 0)
    for old in (b"one@", b"two@"):
        assert not _dkimpy(message.replace(old, b"three@"), 0)


def test_signatures_are_folded_headers_of_short_lines_and_nothing_else() -> None:
    signed = signer_of(_KEYS).sign(_HEADERS, _BODY)
    lines = signed.split(b"\r\n")
    assert lines.pop() == b""
    assert signed.isascii()
    assert max(map(len, lines)) <= 78
    assert [line for line in lines if not line.startswith((b" ", b"DKIM-Signature:"))] == []
    assert len(signed) <= signer_of(_KEYS).max_length
    assert re.search(rb"\r(?!\n)|(?<!\r)\n", signed) is None


def test_a_long_domain_still_makes_lines_that_mail_may_have() -> None:
    long = ".".join(["a" * 60] * 4)
    identity = Identity(_KEYS[1].key, long, "b" * 60, long)
    signed = Signer([identity], MOMENT).sign(_HEADERS, _BODY)
    assert max(map(len, signed.split(b"\r\n"))) <= 998


_ELSEWHERE = """
import sys
from mailer.signing.keys import SigningKey
from mailer.signing.signer import Identity, Signer
from tests.support.signed import MOMENT
keys = [SigningKey.from_octets(bytes.fromhex(text)) for text in sys.argv[1:3]]
signer = Signer([Identity(key, "example.org", key.algorithm[:1], "example.org") for key in keys], MOMENT)
sys.stdout.buffer.write(signer.sign(bytes.fromhex(sys.argv[3]), bytes.fromhex(sys.argv[4])))
"""


@pytest.mark.parametrize("seed", ["0", "1", "4711"])
def test_another_process_makes_the_same_octets(seed: str) -> None:
    here = Signer([Identity(each.key, "example.org", each.key.algorithm[:1], "example.org") for each in _KEYS], MOMENT)
    given = [each.key.octets().hex() for each in _KEYS] + [_HEADERS.hex(), _BODY.hex()]
    command = [sys.executable, "-c", _ELSEWHERE, *given]
    environment = {"PYTHONHASHSEED": seed, "PYTHONPATH": ":".join(sys.path)}
    done = subprocess.run(  # noqa: S603 - our own interpreter
        command,
        check=True,
        capture_output=True,
        timeout=50,
        env=environment,
    )
    assert done.stdout == here.sign(_HEADERS, _BODY)


def test_threads_do_not_get_into_each_others_signatures() -> None:
    signer = signer_of(_KEYS)
    chance = random.Random(1)  # noqa: S311
    messages = [random_message(chance) for _ in range(20)]
    wanted = [signer_of(_KEYS).sign(*message) for message in messages]
    found: list[list[bytes]] = [[] for _ in range(4)]

    def work(mine: list[bytes]) -> None:
        mine.extend(signer.sign(*message) for message in messages)

    threads = [threading.Thread(target=work, args=(mine,)) for mine in found]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [wanted] * 4


def test_a_key_signs_alike_wherever_the_octets_are_computed() -> None:
    key = load_der_private_key(_KEYS[0].key.octets(), None)
    assert isinstance(key, RSAPrivateKey)

    def ours(digest: bytes) -> bytes:
        return key.sign(digest, PKCS1v15(), Prehashed(SHA256()))

    chosen = concurrent_sign(key, ours)
    for number in range(20):
        digest = hashlib.sha256(bytes([number])).digest()
        assert chosen(digest) == ours(digest) == _KEYS[0].key.sign(digest)


def test_a_library_that_signs_otherwise_is_not_used() -> None:
    key = load_der_private_key(_KEYS[0].key.octets(), None)
    assert isinstance(key, RSAPrivateKey)

    def otherwise(digest: bytes) -> bytes:
        return digest

    assert concurrent_sign(key, otherwise) is otherwise


def test_without_that_library_the_other_one_signs(monkeypatch: pytest.MonkeyPatch) -> None:
    key = load_der_private_key(_KEYS[0].key.octets(), None)
    assert isinstance(key, RSAPrivateKey)

    def ours(digest: bytes) -> bytes:
        return key.sign(digest, PKCS1v15(), Prehashed(SHA256()))

    for absent in ("no-such-library.so", "libc.so.6"):
        monkeypatch.setattr(libcrypto, "_NAMES", (absent,))
        libcrypto._library.cache_clear()
        assert concurrent_sign(key, ours) is ours
    libcrypto._library.cache_clear()


@pytest.mark.parametrize(
    ("pem", "why"),
    [
        ("", "no private key"),
        ("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----", "no private key"),
        ("\x00\ud800".encode("utf-8", "replace").decode(), "no private key"),
    ],
)
def test_what_is_no_key_is_refused_with_a_reason(pem: str, why: str) -> None:
    with pytest.raises(KeyUnusable, match=why):
        SigningKey.from_pem(pem)


def test_a_key_that_is_read_again_is_the_same() -> None:
    for each in _KEYS:
        again = SigningKey.from_octets(each.key.octets())
        assert (again.algorithm, again.public_octets()) == (each.key.algorithm, each.key.public_octets())
    with pytest.raises(KeyUnusable):
        SigningKey.from_octets(b"\x30\x03\x02\x01\x00")
