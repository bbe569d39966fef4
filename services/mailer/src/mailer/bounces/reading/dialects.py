"""How mail systems word a report that no machine-readable part explains: tables of what marks, names and separates.

A dialect is recognised by a field of the message or by a sentence of its own. The lines that name somebody and the
lines with which the returned message begins are shared: there are few ways to write them, and many systems.
"""

import re
from dataclasses import dataclass

from mailer.bounces.reading.message import Message


@dataclass(frozen=True, slots=True)
class Dialect:
    """A mail system that is known by its own words or fields."""

    name: str
    sentences: tuple[str, ...] = ()
    """Any of them in the text, in lower case."""
    field: str = ""
    """A field that has to match as well, or alone where there is no sentence."""
    matches: str = "."


DIALECTS: tuple[Dialect, ...] = (
    Dialect(
        "qmail",
        (
            "this is the qmail", "qmail-send program", "i'm afraid i wasn't able to deliver your message",
            "this is the deliver program at", "this is the mail delivery program",
        ),
    ),
    Dialect(
        "exim",
        (
            "this message was created automatically by mail delivery software",
            "a message that you sent could not be delivered to",
            "a message that you sent was rejected by the local scanning code",
            "a message that you sent contained one or more recipient addresses", "message frozen",
            "has been frozen", "was frozen on arrival", "router encountered the following error",
        ),
    ),
    Dialect("1&1 and gmx", ("the following address failed:", "--- the header of the original message is following")),
    Dialect(
        "postfix",
        (
            "this is the mail system at host", "this is the postfix program", "this is the mail system at",
            "i'm sorry to have to inform you that your message could not be delivered",
        ),
    ),
    Dialect(
        "sendmail",
        (
            "----- the following addresses had permanent", "----- transcript of session follows",
            "the following addresses had delivery problems", "the following addresses had delivery errors",
            "had transient non-fatal errors", "the original message was received at",
            "had permanent delivery errors", "had fatal errors",
        ),
    ),
    Dialect(
        "exchange",
        (
            "did not reach the following recipient", "has not reached the following recipient",
            "your message did not reach some or all of the intended recipients",
            "the recipient name is not recognized", "the e-mail system was unable to deliver the message",
            "delivery has failed to these recipients", "diagnostic information for administrators",
            "couldn't be delivered to", "wasn't able to be delivered", "ihre nachricht hat einige oder alle empf",
            "fehler bei der nachrichtenzustellung an folgende empf", "chec de la remise",
            "informations de diagnostic pour les administrateurs",
            "error de entrega a los siguientes destinatarios", "no se pudo entregar el mensaje",
            "a entrega falhou para estes destinat", "diagnoseinformationen f",
            "could not deliver mail to this user", "impossibile recapitare il messaggio",
            "bezorging bij deze geadresseerden",
        ),
    ),
    Dialect(
        "gmail",
        (
            "delivery to the following recipient", "address not found", "message not delivered", "message blocked",
            "recipient inbox full", "technical details of permanent failure",
            "technical details of temporary failure", "the response from the remote server was:",
            "we're writing to let you know that the group you tried to contact",
            "your message wasn't delivered to", "there was a problem delivering your message to", "dns error:",
        ),
    ),
    Dialect(
        "yahoo",
        (
            "unable to deliver message to the following address", "sorry, we were unable to deliver your message",
            "message from yahoo",
        ),
    ),
    Dialect(
        "domino and notes",
        (
            "was not delivered to:", "------- failure reasons", "not listed in domino directory",
            "user not listed in public name",
        ),
    ),
    Dialect("imail", ("original message follows.",), "x-mailer", r"^<?smtp32|^<?imail|mailer"),
    Dialect(
        "sun messaging server",
        (
            "this report relates to a message you sent with the following header fields",
            "your message cannot be delivered to the following recipients",
        ),
    ),
    Dialect(
        "mailmarshal",
        (
            "could not be delivered because of", "the following recipients were affected", "mailmarshal",
        ),
    ),
    Dialect(
        "messagelabs",
        (
            "message was undeliverable for the following reason",
            "your e-mail was rejected for the following reason",
        ),
    ),
    Dialect(
        "netscape and others",
        (
            "this message was undeliverable due to the following reason",
            "your message was not delivered to the following recipients",
            "the message that you sent was undeliverable to the following",
            "message could not be delivered to the following", "the following message to", "was undeliverable",
        ),
    ),
    Dialect(
        "courier",
        (
            "this is a delivery status notification from", "undeliverable mail: your message",
            "the attached message could not be delivered", "unable to deliver mail to the following recipient",
            "your message is being returned", "the original message is attached",
        ),
    ),
    Dialect(
        "opensmtpd",
        (
            "this is the mailer-daemon, please do not reply",
            "an error has occurred while attempting to deliver a message",
            "a message that you have sent has been delayed",
        ),
    ),
    Dialect("dragonfly", ("this is the dragonfly mail agent",)),
    Dialect("smail and t-online", ("failed addresses follow:", "message header follows:", "message log follows:")),
    Dialect(
        "apache james",
        (
            "this message was rejected due to", "i couldn't deliver your message",
            "hi. this is the james mail server", "i was unable to deliver",
        ),
    ),
    Dialect("m-filter", ("-------server message", "-------smtp command"), "x-mailer", r"^m-filter"),
    Dialect(
        "surfcontrol",
        (
            "your message could not be sent.", "a transcript of the attempts to send the message follows",
        ),
    ),
    Dialect("interscan", ("sent <<< rcpt to", "sent <<<", "received >>>", "unable to deliver message to <")),
    Dialect(
        "mcafee",
        (
            "--- the following addresses had delivery problems", "following addresses had delivery problems",
        ),
    ),
    Dialect(
        "carriers",
        (
            "the user(s) account is", "each of the following recipients was rejected by a remote mail server",
            "could not be delivered to: <", "message could not be delivered to mobile",
            "your message was not delivered within", "the following recipients did not receive this message",
            "your mail sent on", "we failed to deliver mail because the following address",
        ),
    ),
    Dialect(
        "amazon",
        (
            "an error occurred while trying to deliver the mail to the following recipients",
            "your message could not be delivered to one or more recipients",
        ),
    ),
    Dialect("dovecot", ("was automatically rejected:",)),
    Dialect("zoho", ("error_code :",)),
    Dialect("groupwise", ("the message that you sent was undeliverable to the following",), ""),
    Dialect(
        "mdaemon",
        (
            "no such user here", "the attached message had permanent fatal delivery errors", "failed address:",
            "mdaemon has been unable to deliver", "session transcript:",
        ),
    ),
    Dialect(
        "mercury and others",
        (
            "the local mail transport system has reported the following problems",
            "your message cannot be delivered", "smtp server rejected recipient", "rejected recipient <",
            "there was an error sending your mail", "error(s):", "error sending your mail",
        ),
    ),
    Dialect(
        "mailing list servers",
        (
            "not member article from", "you are not a member of this mailing list", "duplicated message-id in",
            "has detected a loop condition",
        ),
        "x-mlserver",
    ),
    Dialect(
        "bigfish and antivirus gateways",
        (
            "this is an automated message created by mail delivery software",
            "could not be delivered to the following recipients", "your message with subject",
        ),
    ),
    Dialect("cisco email security", ("the following message to <", "was undeliverable. the reason for the problem")),
    Dialect(
        "kerio, communigate, merak",
        (
            "failed to deliver to", "mail server was unable to deliver", "message could not be delivered",
            "your message has encountered delivery problems", "delivery report for a message", "returned mail:",
        ),
    ),
)  # fmt: skip
_FIELDS = {each.name: re.compile(each.matches, re.IGNORECASE) for each in DIALECTS if each.field}


def dialect_of(message: Message, text: str) -> str | None:
    """The name of the dialect a report is written in, or None."""
    said = " ".join(text[:12_000].lower().replace("\u2019", "'").split())
    for each in DIALECTS:
        has_field = not each.field or bool(_FIELDS[each.name].search(message.get(each.field)))
        has_sentence = any(sentence in said for sentence in each.sentences)
        if has_sentence and (has_field or each.name not in _FIELDS):
            return each.name
    return None
