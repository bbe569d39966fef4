"""One table says what a refusal means, in a reply or in a report, and which of its rules said so."""

import pytest

from common.contracts.mailer import BounceClass
from mailer.replies.normal import normal
from mailer.replies.phrases import KINDS, Kind
from mailer.replies.service import classify, enhanced_code_of, reply_code_of

_WHO = "<ann@birchmoor.example>"


@pytest.mark.parametrize(
    ("code", "text", "bounce_class"),
    [
        (550, f"5.1.1 {_WHO}... User Unknown", "unknown_mailbox"),
        (550, f"5.7.1 {_WHO}: user unknown", "unknown_mailbox"),
        (550, "5.4.1 Recipient address rejected: Access denied. AS(201806281)", "unknown_mailbox"),
        (550, "5.5.0 Requested action not taken: mailbox unavailable", "unknown_mailbox"),
        (550, "#5.1.0 Address rejected.", "unknown_mailbox"),
        (553, "5.3.0 No such user here", "unknown_mailbox"),
        (550, f"5.2.1 {_WHO}... User Unknown", "unknown_mailbox"),
        (
            552,
            "1 Requested mail action aborted, mailbox not found (in reply to end of DATA command)",
            "unknown_mailbox",
        ),
        (550, "weil die Adresse nicht gefunden wurde", "unknown_mailbox"),
        (550, f"5.1.1 {_WHO}: inactive email address", "unknown_mailbox"),
        (550, "5.7.1 No route for current request", "unknown_domain"),
        (553, "5.1.2 We could not find the recipient domain", "unknown_domain"),
        (550, "5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP address lookup", "unknown_mailbox"),
        (550, "5.1.6 the person has moved", "unknown_mailbox"),
        (550, "This address no longer accepts mail", "unknown_mailbox"),
        (551, "not our customer", "unknown_mailbox"),
        (550, "Adresse d au moins un destinataire invalide. Invalid recipient. OFR_416 [416]", "unknown_mailbox"),
        (556, "5.1.10 Recipient address has null MX", "unknown_domain"),
        (554, "Host or domain name not found. Name service error for name=x.example type=A", "unknown_domain"),
        (None, "Sorry, I couldn't find any host named birchmoor.example. (#5.1.2)", "unknown_domain"),
        (501, "5.1.3 Bad recipient address syntax", "address_syntax"),
    ],
)
def test_what_is_about_the_address_is_known(code: int | None, text: str, bounce_class: str) -> None:
    meaning = classify(code, text)
    assert (meaning.bounce_class, meaning.is_about_address) == (bounce_class, True)


@pytest.mark.parametrize(
    ("code", "text", "bounce_class"),
    [
        (552, "5.1.1 user over quota", "mailbox_full"),
        (550, f"5.1.1 {_WHO} mailbox full", "mailbox_full"),
        (550, "5.2.1 The email account that you tried to reach is disabled", "mailbox_disabled"),
        (550, "5.2.1 Requested action not taken: mailbox unavailable", "mailbox_disabled"),
        (554, "delivery error: dd This account has been disabled or discontinued [#102]", "mailbox_disabled"),
        (550, f"{_WHO}: User account not activated", "mailbox_disabled"),
        (550, "mail receiving disabled", "mailbox_disabled"),
        (550, "Mailbox unavailable or access denined", "mailbox_disabled"),
        (550, "5.7.504 Recipient address rejected: Access denied, banned recipient", "mailbox_disabled"),
        (554, "This IP is blocked for a day: it mailed too many invalid recipients", "rate_limited"),
        (550, "no valid recipients from 192.0.2.1", "rate_limited"),
        (550, "5.2.0 RESOLVER.ADR.BadPrimary; recipient primary SMTP address is missing or invalid", "network"),
        (554, "5.1.1 Recipient not unique. Several matches found", "network"),
        (501, "5.5.4 Invalid domain name", "policy"),
        (550, "DNS records for the destination computer could not be found", "network"),
        (550, "Recipient addresses rejected : Access denied", "policy"),
        (450, "4.1.1 user unknown", "unknown_mailbox"),
        (550, "4.4.7 QUEUE.Expired; message expired", "network"),
        (550, "user unknown; this message has been in the queue too long", "network"),
        (550, "5.7.1 Service unavailable; Client host [192.0.2.1] blocked using zen.blocklist.example", "policy"),
        (550, "5.7.1 Recipient address rejected: Access denied", "policy"),
        (550, "5.1.8 Sender address rejected: Domain not found", "policy"),
        (550, "Sender verify failed: no such user here", "policy"),
        (554, "5.7.1 relay access denied", "policy"),
        (553, "sorry, that domain isn't in my list of allowed rcpthosts (#5.7.1)", "policy"),
        (550, "5.7.26 Unauthenticated email is not accepted due to the domain's DMARC policy", "policy"),
        (550, "5.7.509 Access denied, sending domain does not pass DMARC verification", "policy"),
        (554, "5.7.1 Message rejected as spam by content filter", "content_refused"),
        (451, "4.7.1 Greylisted, please come back in five minutes", "greylisted"),
        (421, "4.7.28 unusual rate of mail from your network", "rate_limited"),
        (550, "5.2.122 the recipient has exceeded their limit for messages per hour", "rate_limited"),
        (552, "5.3.4 Message size exceeds fixed limit", "message_too_large"),
        (554, "5.4.6 Too many hops, mail loop", "network"),
        (None, "Host not found, try again", "network"),
        (None, "5.1.0 - Unknown address error 550-'Administrative prohibition' (delivery attempts: 0)", "policy"),
        (550, "Unknown user (in reply to end of DATA command)", "unknown_mailbox"),
        (554, "5.3.0 unknown mailer error 2", "network"),
        (550, "5.9.9 whatever", "unclassified"),
        (None, "", "unclassified"),
    ],
)
def test_what_is_not_about_the_address_suppresses_nobody(code: int | None, text: str, bounce_class: str) -> None:
    meaning = classify(code, text)
    assert (meaning.bounce_class, meaning.is_about_address) == (bounce_class, False)


@pytest.mark.parametrize(
    ("text", "bounce_class"),
    [
        ("Empfänger unbekannt", "unknown_mailbox"),
        ("Postfach ist voll", "mailbox_full"),
        ("utilisateur inconnu", "unknown_mailbox"),
        ("boîte aux lettres pleine", "mailbox_full"),
        ("usuario desconocido", "unknown_mailbox"),
        ("buzón lleno", "mailbox_full"),
        ("usuário não existe", "unknown_mailbox"),
        ("caixa postal cheia", "mailbox_full"),
        ("utente sconosciuto", "unknown_mailbox"),
        ("casella piena", "mailbox_full"),
        ("gebruiker onbekend", "unknown_mailbox"),
        ("пользователь не найден", "unknown_mailbox"),
        ("почтовый ящик переполнен", "mailbox_full"),
        ("宛先が存在しません", "unknown_mailbox"),
        ("メールボックスの容量を超えています", "mailbox_full"),
        ("用户不存在", "unknown_mailbox"),
        ("邮箱已满", "mailbox_full"),
        ("域名不存在", "unknown_domain"),
        ("Mottagaren existerar inte", "unknown_mailbox"),
        ("Inkorgen är full", "mailbox_full"),
        ("Postboksen er full", "mailbox_full"),
        ("nieznany użytkownik", "unknown_mailbox"),
        ("Skrzynka jest pełna", "mailbox_full"),
        ("Al\u0131c\u0131 bulunamad\u0131", "unknown_mailbox"),
        ("Posta kutusu dolu", "mailbox_full"),
        ("παραλήπτης δεν υπάρχει", "unknown_mailbox"),
        ("A postafiók megtelt", "mailbox_full"),
        ("destinatar necunoscut", "unknown_mailbox"),
        ("הנמען לא קיים", "unknown_mailbox"),
        ("الصندوق ممتلئ", "mailbox_full"),
        ("Người nhận không tồn tại", "unknown_mailbox"),
        ("Hộp thư đã đầy", "mailbox_full"),
        ("alamat tidak ditemukan", "unknown_mailbox"),
        ("查無此人", "unknown_mailbox"),
    ],
)
def test_other_languages_are_understood(text: str, bounce_class: str) -> None:
    assert classify(550, text).bounce_class == bounce_class


@pytest.mark.parametrize(
    "text",
    [
        "tuntematon virhe",
        "eroare necunoscută",
        "error desconocido",
        "errore sconosciuto",
        "сервер не найден",
        "找不到服务器",
        "証明書が見つかりません",
        "sunucu bulunamad\u0131",
        "file not found",
        "the sender address not found here",
    ],
)
def test_things_nobody_knows_are_not_people(text: str) -> None:
    assert not classify(550, text).is_about_address


@pytest.mark.parametrize(
    ("text", "bounce_class"),
    [
        ("we think this is junk mail", "content_refused"),
        ("under a bounce attack, later maybe", "content_refused"),
        ("gardens is a closed mailing list", "policy"),
        ("the barn does not accept mail from fernbrook.example", "policy"),
        ("possible forgery, no such user", "policy"),
        ("unable to resolve route to the barn", "network"),
        ("AUTH FAILED for the gate", "policy"),
        ("local user only, please", "policy"),
        ("no access from your corner", "policy"),
        ("box is now disabled", "mailbox_disabled"),
        ("Mail system full", "mailbox_full"),
        ("interrupted system call in the shed", "network"),
        ("we are not accepting connections today", "network"),
    ],
)
def test_less_common_refusals_have_their_class(text: str, bounce_class: str) -> None:
    found = classify(550, text)
    assert (found.bounce_class, found.is_about_address) == (bounce_class, False)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_every_phrase_of_the_table_is_found_by_its_kind(kind: Kind) -> None:
    assert [phrase for phrase in kind.phrases if kind.search(normal(phrase)) is None] == []


def test_a_temporary_reply_is_never_about_the_address_for_good() -> None:
    for kind in KINDS:
        for phrase in kind.phrases[:5]:
            assert not classify(450, phrase).is_about_address


def test_a_policy_never_suppresses_a_person() -> None:
    suppressing = {kind.bounce_class for kind in KINDS if kind.is_about_address}
    assert suppressing == {BounceClass.UNKNOWN_MAILBOX, BounceClass.UNKNOWN_DOMAIN, BounceClass.ADDRESS_SYNTAX}


def test_the_rule_that_decided_is_named() -> None:
    assert classify(550, "no such user").rule == "nobody has that address: no such user"
    assert classify(550, "5.1.1").rule == "code 5.1.1"
    assert classify(450, "no such user").rule.endswith("but for now only")


@pytest.mark.parametrize(
    ("text", "code", "status"),
    [
        ("smtp; 550-5.1.1 gone", 550, "5.1.1"),
        ("host mx.example[192.0.2.55] said: 452 later", 452, None),
        ("Remote host said: 554 delivery error", 554, None),
        ("(#5.7.1)", None, "5.7.1"),
        ("5.0.0 general, then 550 5.2.2 exact", 550, "5.2.2"),
        ("larger than 500 KB, 450 messages, port 587", None, None),
        ("192.0.2.550 and 10.5.1.1", None, None),
    ],
)
def test_codes_are_found_where_they_are_codes(text: str, code: int | None, status: str | None) -> None:
    assert (reply_code_of(text), enhanced_code_of(text)) == (code, status)
