"""Phrases about a mailbox that exists and does not take this message now."""

from common.contracts.mailer import BounceClass
from mailer.replies import languages
from mailer.replies.kind import Kind

_C = BounceClass
_GAP = r"[^.;:]{0,60}?"
_SOMEBODY = r"(?:user|recipient|mailbox|address|account|addressee|alias|local part|inbox|subscriber|member|username)"

FULL = Kind(
    "the mailbox is full",
    _C.MAILBOX_FULL,
    (
        "mails auf dem server", "allowed storage", "box space", "file too large", "quota", "mailbox full",
        "mailbox is full", "full mailbox", "mailbox was full", "inbox is full", "inbox full", "mailfolder is full",
        "mailbox would exceed", "mailbox exceeded", "mailbox exceeds", "mailbox has exceeded", "mailbox too large",
        "mailbox size limit", "mailbox limit", "storage limit", "storage allocation", "out of storage",
        "mail system full", "mailsystem full",
        "not enough storage", "not enough space", "not enough disk", "not enough free space", "insufficient disk",
        "insufficient storage", "insufficient system storage", "insufficient space", "no space left", "enough space",
        "disk full", "disk space limit", "disk space exceeded", "diskspace", "maildir full",
        "space has been used up", "too many messages on the server", "too much mail data", "mail file size exceeds",
        "exceeded its disk", "over the allowed", "over limit", "mailfull",
        "messages in recipient's mailbox exceeded", "mailbox space", "mailbox_full", "mailbox overflow", "overquota",
        "account is full", "account full", "storage space", "user mailbox exceeds", "too many mails in",
        "recipient storage full", "user is full", "mail box full", "maximum allowed storage", "folder is full",
        *languages.FULL,
    ),
    (r"mail ?box(?:es)?[^.;:]{0,20} (?:is |was |are )?(?:full|over)\b",),
)  # fmt: skip
TOO_LARGE = Kind(
    "the message is too large",
    _C.MESSAGE_TOO_LARGE,
    (
        "message too large", "message too big", "message is too large", "message is too big", "message size exceeds",
        "message size limit", "mail size limit", "size limit exceeded", "exceeds size limit",
        "exceeds maximum message size", "message exceeds", "maximum message size", "fixed maximum message size",
        "databytes limit", "maximum size the user accepts", "size exceeds", "message length exceeds",
        "too large for this recipient", "recipsizelimit", "recipientsizelimit", "message size limits",
        "larger than the current system limit", "larger than current system limit", "maximum email size",
        "mail too large", "mail too big", "message was too large", "message file too big",
        "exceeds the maximum size", "message header size", "taille limite du message", "trop volumineux", "zu gross",
        "demasiado grande", "muito grande", "troppo grande", "too large a message", "size of the message",
        "size of your message", "mail size is too large",
    ),
    (r"exceeded (?:the )?maximum (?:inbound )?message size", r"too (?:large|big) to be delivered", r"larger than \d+"),
)  # fmt: skip
DISABLED = Kind(
    "the mailbox is switched off for now",
    _C.MAILBOX_DISABLED,
    (
        "account is expired", "casilla ha expirado", "bloccato per inutilizzo", "account disabled",
        "account is disabled", "account has been disabled", "account was disabled", "mailbox disabled",
        "mailbox is disabled", "mailbox has been disabled", "user disabled", "user is disabled", "email disabled",
        "that you tried to reach is disabled", "administratively disabled", "administrativly disabled",
        "address disabled", "account suspended", "currently suspended", "user suspended", "is suspended",
        "been suspended", "suspend the service", "account is locked", "account locked", "temporary locked",
        "temporarily locked", "mailbox is locked", "mailbox locked", "account is inactive", "account inactive",
        "account not active", "inactive account", "inactive user", "inactive mailbox", "mailbox is inactive",
        "user is inactive", "inactive on this domain", "that you tried to reach is inactive", "temporarily inactive",
        "extended inactivity", "due to inactivity", "is a deactivated mailbox", "account deactivated",
        "account is deactivated", "mailbox is frozen", "account frozen", "account is frozen", "account blocked",
        "recipient account is blocked", "account isblocked", "account is blocked", "account is temporarily limited",
        "archived recipient", "boite du destinataire archivee", "compte du destinataire est bloque",
        "account expired", "not activated", "user not active", "user is not active", "mail receiving disabled",
        "is terminated", "is now disabled", "refused to receive",
        "is expired account", "user has expired", "status is locked", "banned recipient",
        "mailbox unavailable or access den", "mailbox temporarily",
        "mailbox cannot be accessed", "temporarily unavailable", "temporarily disabled",
        "account temporarily suspended", "user temporarily suspended", "not currently accepting mail",
        "is not accepting any mail", "not accepting messages", "not currently being accepted for this mailbox",
        "mailbox unavailable. account", "account is not allowed to receive", "recipient refuses to accept",
        "user reject", "refuse to receive mail", "refused by recipient", "rejected by recipient",
        "rejected by the recipient", "restricted sms", "account is protected", "bounced address",
        "restricted by the recipient", "user has restricted", *languages.DISABLED,
    ),
    (rf"{_SOMEBODY}{_GAP} (?:disabled|suspended|deactivated|on hold|paused)\b",),
)  # fmt: skip
