"""Attachments, inline images, charsets, merged senders, signatures: what a recipient's program makes of them."""

import email
import email.policy
import hashlib
import html
from email.message import EmailMessage
from typing import Any

import pytest

from common.contracts.signed_token import TokenKeys
from mailer.composing.charsets import chosen
from mailer.composing.errors import ContentFaulty, MergeFailed
from mailer.composing.schemas import ContentDocument
from mailer.composing.service import CompileWith, Message, Origins, Recipient, Secrets, compile_message
from tests.support.builders.document import a_document
from tests.support.purity import impurities

PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20
LETTER = b"%PDF-1.7\n" + b"words " * 3_000
DELIVERY = "0193a7c4-5f2e-7cc3-9a58-0c8f3f6d2d01"
CYRILLIC = "\u041c\u043e\u0441\u043a\u0432\u0430"


def a_file(octets: bytes, name: str, kind: str, *, is_inline: bool = False) -> dict[str, Any]:
    sha256 = hashlib.sha256(octets).hexdigest()
    content_id = f"{sha256[:24]}@files.tutti" if is_inline else None
    return {"file_name": name, "content_type": kind, "size": len(octets), "sha256": sha256, "content_id": content_id}


FILES = {hashlib.sha256(octets).hexdigest(): octets for octets in (PICTURE, LETTER)}
INLINE, ATTACHED = a_file(PICTURE, "logo.png", "image/png", is_inline=True), a_file(LETTER, "r.pdf", "application/pdf")


def a_message(using: CompileWith | None = None, **changes: Any) -> Message:
    document = ContentDocument.model_validate({**a_document(delivery_id=DELIVERY), "delivery_number": 7, **changes})
    origins = Origins("http://track.test", "http://pages.test", "bounces.test")
    secrets = Secrets(b"m" * 32, b"p" * 32)
    return compile_message(document, secrets, origins, TokenKeys([b"k" * 32]), using or CompileWith(files=FILES))


def sent(message: Message, name: str = "Ann", address: str = "ann@example.org") -> bytes:
    return message.compose(Recipient(1, address, [address, name]), "").data


def parsed(data: bytes) -> EmailMessage:
    message = email.message_from_bytes(data, policy=email.policy.default)
    assert isinstance(message, EmailMessage)
    assert not any(part.defects for part in message.walk())
    return message


def types(message: EmailMessage) -> list[str]:
    return [part.get_content_type() for part in message.walk()]


def test_attachments_and_pictures_stand_where_programs_look_for_them() -> None:
    page = f'<p>{{{{ NAME }}}}<img src="cid:{INLINE["content_id"]}"></p>'
    message = parsed(sent(a_message(html=page, attachments=[INLINE, ATTACHED])))
    assert types(message) == [
        "multipart/mixed", "multipart/alternative", "text/plain", "multipart/related", "text/html", "image/png",
        "application/pdf",
    ]  # fmt: skip
    picture, attached = (part for part in message.walk() if part.get_filename())
    assert (picture["Content-ID"], picture.get_content_disposition()) == (f"<{INLINE['content_id']}>", "inline")
    assert picture.get_payload(decode=True) == PICTURE
    assert (attached.get_filename(), attached.get_content_disposition()) == ("r.pdf", "attachment")
    assert attached.get_payload(decode=True) == LETTER


def test_a_text_alone_carries_attachments_too() -> None:
    message = parsed(sent(a_message(html=None, attachments=[INLINE, ATTACHED])))
    assert types(message) == ["multipart/mixed", "text/plain", "image/png", "application/pdf"]


def test_a_picture_alone_needs_no_outer_frame() -> None:
    message = parsed(sent(a_message(attachments=[INLINE])))
    assert types(message) == ["multipart/alternative", "text/plain", "multipart/related", "text/html", "image/png"]


@pytest.mark.parametrize("files", [{}, {hashlib.sha256(LETTER).hexdigest(): b"something else"}])
def test_without_its_octets_or_with_others_nothing_is_compiled(files: dict[str, bytes]) -> None:
    with pytest.raises(ContentFaulty):
        a_message(CompileWith(files=files), attachments=[ATTACHED])


def test_the_size_is_known_before_anything_is_sent() -> None:
    message = a_message(attachments=[ATTACHED])
    assert abs(message.largest_size_estimate - len(sent(message))) < 500
    assert message.largest_size_estimate > len(LETTER) * 4 // 3


@pytest.mark.parametrize(
    ("asked", "text", "charset"),
    [
        ("utf-8", "plain", "utf-8"),
        ("auto", "plain", "us-ascii"),
        ("auto", "caf\u00e9", "iso-8859-1"),
        ("auto", "\u0141\u00f3d\u017a", "iso-8859-2"),
        ("auto", CYRILLIC, "iso-8859-5"),
        ("auto", "5 \u20ac", "iso-8859-7"),
        ("auto", "\u0153uvre", "iso-8859-15"),
        ("auto", "\u6771\u4eac", "utf-8"),
        ("gb2312", "\u4e1c\u4eac", "gb2312"),
        ("iso-2022-jp", "\u6771\u4eac", "iso-2022-jp"),
        ("iso-8859-1", CYRILLIC, "utf-8"),
        ("us-ascii", "\ud800", "utf-8"),
    ],
)
def test_the_charset_is_the_smallest_that_fits_or_the_one_asked_for(asked: str, text: str, charset: str) -> None:
    assert chosen(asked, text) == charset


@pytest.mark.parametrize(
    ("charset", "text", "name"),
    [
        ("iso-8859-5", CYRILLIC, CYRILLIC),
        ("gb2312", "\u4e1c\u4eac", "\u4eac"),
        ("big5", "\u6771\u4eac", "\u4eac"),
        ("iso-2022-jp", "\u6771\u4eac \u3053\u3093\u306b\u3061\u306f", "\u4eac x"),
        ("iso-2022-kr", "\uc11c\uc6b8", "\uc6b8"),
        ("utf-8", "\u6771\u4eac" * 50, "\u4eac"),
        ("iso-8859-1", "Gr\u00fc\u00dfe", "J\u00fcrgen <&>"),
    ],
)
def test_every_charset_arrives_whole(charset: str, text: str, name: str) -> None:
    source = f"{text} {{{{ NAME }}}}\n{{% if NAME %}}{text}\n.\n{{% endif %}}From {text}\n"
    message = parsed(sent(a_message(text=source, html=f"<p>{source}</p>", charset=charset), name=name))
    shown = f"{text} {name}\n{text}\n.\nFrom {text}\n"
    plain, page = (message.get_body((kind,)) for kind in ("plain", "html"))
    assert plain is not None
    assert page is not None
    assert plain.get_content().replace("\r\n", "\n") == shown
    assert page.get_content().replace("\r\n", "\n").rstrip("\n") == f"<p>{shown.replace(name, html.escape(name))}</p>"
    assert {plain.get_content_charset(), page.get_content_charset()} == {charset}


def test_base64_is_taken_where_it_is_shorter() -> None:
    foreign = parsed(sent(a_message(text=f"{CYRILLIC * 9} {{{{ NAME }}}}\n", html=None)))
    assert foreign["Content-Transfer-Encoding"] == "base64"
    assert foreign.get_content().replace("\r\n", "\n") == f"{CYRILLIC * 9} Ann\n"
    assert parsed(sent(a_message(html=None)))["Content-Transfer-Encoding"] == "quoted-printable"


def test_whose_values_do_not_fit_gets_the_same_letter_in_utf_8() -> None:
    message = a_message(charset="iso-8859-1", text="Gr\u00fc\u00dfe {{ NAME }}\n", html=None)
    fitting, other = parsed(sent(message, "J\u00fcrgen")), parsed(sent(message, CYRILLIC))
    assert (fitting.get_content_charset(), other.get_content_charset()) == ("iso-8859-1", "utf-8")
    assert other.get_content().strip() == f"Gr\u00fc\u00dfe {CYRILLIC}"


def test_name_and_answering_address_of_the_sender_may_be_merged() -> None:
    sender = {"address": "news@sender.example", "name": "{{ NAME }} of the News", "reply_to": "{{ EMAIL }}"}
    message = a_message(sender=sender)
    data = sent(message, "J\u00fcrgen", "j@example.org")
    assert parsed(data)["From"] == "J\u00fcrgen of the News <news@sender.example>"
    assert parsed(data)["Reply-To"] == "j@example.org"
    for name, address in (("x\r\nBcc: v@e.test", "j@example.org"), ("Ann", "no address")):
        with pytest.raises(MergeFailed):
            message.compose(Recipient(1, "a@b.test", [address, name]), "")
    assert sent(message, "Ann", "ann@example.org"), "the others are not concerned"


def test_an_unknown_field_in_the_senders_name_is_found_before_sending() -> None:
    with pytest.raises(ContentFaulty) as faulty:
        a_message(sender={"address": "news@sender.example", "name": "{{ NOBODY }}"})
    assert faulty.value.findings[0].part == "sender"


def test_an_address_beyond_ascii_says_that_it_needs_smtputf8() -> None:
    message = a_message()
    [plain, international] = message.compose_batch(
        [Recipient(1, "a@m\u00fcnchen.example", ["x", "A"]), Recipient(2, "\u7528\u6237@example.org", ["x", "A"])],
        ["", ""],
    )
    assert not isinstance(plain, MergeFailed)
    assert not isinstance(international, MergeFailed)
    assert (plain.rcpt_to, plain.needs_smtputf8) == ("a@xn--mnchen-3ya.example", False)
    assert (international.rcpt_to, international.needs_smtputf8, international.is_8bit) == (
        "\u7528\u6237@example.org",
        True,
        False,
    )
    assert "To: A <\u7528\u6237@example.org>\r\n".encode() in international.data


class Stamp:
    """A signer that shows what it was given."""

    max_length = 200

    def sign(self, header_block: bytes, body: bytes) -> bytes:
        assert header_block.startswith(b"From: ")
        assert header_block.endswith(b"\r\n")
        assert b"\r\n\r\n" not in header_block
        return b"DKIM-Signature: " + hashlib.sha256(header_block + body).hexdigest().encode() + b"\r\n"


def test_a_signature_stands_first_and_covers_the_rest() -> None:
    plain, signed = a_message(attachments=[ATTACHED]), a_message(CompileWith(FILES, Stamp()), attachments=[ATTACHED])
    without, data = sent(plain), sent(signed)
    line, _, rest = data.partition(b"\r\n")
    assert rest == without
    block, _, body = without.partition(b"\r\n\r\n")
    assert line == b"DKIM-Signature: " + hashlib.sha256(block + b"\r\n" + body).hexdigest().encode()
    assert (plain.is_costly, signed.is_costly) == (False, True)
    assert signed.largest_size_estimate == plain.largest_size_estimate + Stamp.max_length


def test_no_header_says_that_a_machine_answered() -> None:
    names = [b"From", b"Date", b"List-Id", b"Feedback-ID", b"To", b"Subject", b"Message-ID", b"List-Unsubscribe"]
    names += [b"List-Unsubscribe-Post", b"MIME-Version", b"Content-Type"]
    data = sent(a_message(attachments=[INLINE, ATTACHED]))
    assert impurities(data, names) == []
    feedback = parsed(data)["Feedback-ID"].split(":")
    assert (len(feedback), feedback[1], feedback[2]) == (4, "live", "tutti")
    assert 5 <= len(feedback[3]) <= 15


def test_a_batch_tells_who_fails_and_sends_to_the_others() -> None:
    message = a_message()
    people = [Recipient(n, address, ["x", "Ann"]) for n, address in enumerate(["a@b.test", "nobody", "c@d.test"], 1)]
    made = message.compose_batch(people, message.tokens(people))
    assert [isinstance(each, MergeFailed) for each in made] == [False, True, False]
    assert [made[0], made[2]] == [message.compose(people[0], ""), message.compose(people[2], "")]


def test_values_that_would_make_a_giant_are_refused_before_it_is_made() -> None:
    message = a_message(text="{{ NAME }}" * 40, html=None)
    with pytest.raises(MergeFailed, match="10 MB"):
        sent(message, "x" * 900_000)
