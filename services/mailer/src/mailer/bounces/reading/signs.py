"""Signs of a report, of a delay, of the returned message and of who is meant: patterns shared by all dialects."""

import re

from mailer.bounces.reading.words import ADDRESS

FROM = re.compile(
    r"mailer[-_. ]?daemon|post[-_ ]?master|mail(?:er)?[-_ ]?deliver|mail (?:delivery|administrator|system|server"
    r"|router|transport)|mail ?daemon|delivery (?:sub)?system|maildelivery|system administrator"
    r"|systemadministrator"
    r"|internet mail|interscan|mail[- ]?gateway|microsoft outlook|bounce|undeliver|mdaemon|mailsystem|mailadmin"
    r"|symantec_antivirus|sysadmin@|post_master|notification|daemon@|zustell|admin-?mail|-admin@|no-?reply"
    r"|automailer|smtp|mmdf|listserv"
    r"|microsoft exchange|administrador|administrateur|administrator|mail server|root@|e-?mail security|配信|郵件"
    r"|邮件系统|系统退信|postamt",
    re.IGNORECASE,
)
SUBJECT = re.compile(
    r"undeliver|non[- ]?deliver|not (?:be )?(?:delivered|deliverable|sent|deliver)|delivery (?:has )?(?:fail"
    r"|status|problem|error|report|notif|incomplete|subsystem|unsuccess)|delivery.{0,20}fail|failure (?:notice"
    r"|delivery|notif)|fail(?:ed|ure)? (?:delivery|mail|message)|mail (?:deliver|fail|system error|could not)"
    r"|returned? (?:to sender|mail)|mail returned|message (?:could|was|has|not|status|you sent|undeliv|frozen"
    r"|bounced)|bounced?\b|delivery fail|could(?: not|n't) be (?:deliver|sent)|unable to deliver|can(?:not"
    r"|'t) be deliver|nondeliverable|user unknown|unknown user|mailbox (?:full|unavail|not)|error sending"
    r"|warning:.{0,60}(?:message|mail|user|deliver)|rejected mail|mail error|smtp error|disk quota"
    r"|\bdsn\b|\bndn\b|\bndr\b|error condition|processing error|email error|unzustellbar|nicht zugestellt|zustell"
    r"|fehlgeschlagen|konnte nicht|non remis|non[- ]distribu|echec de|.chec (?:de|d')|remise impossible"
    r"|no se (?:ha )?(?:pudo|pudo entregar|entreg)|no entregad|devuelto|error de entrega|imposible entregar"
    r"|mensaje no"
    r"|n[aã]o (?:foi )?entreg|falha (?:na|de) entrega|devolvid|mancata consegna|impossibile (?:recapitare"
    r"|consegnare)|mancato recapito|non (?:consegnat|recapitat)|onbestelbaar|niet (?:bezorgd|afgeleverd)|kan niet"
    r"|oleveran|nie dostarczono|niedostarcz|zwrot|nedoru|недостав|не достав|возвра|сбой|ошибка|失敗|エラー|配信でき"
    r"|配信不能"
    r"|届き|送信でき|返送|未着|退信|投递失败|无法投递|寄送失敗|無法傳遞|未能送达|系统退信|반송|배달 실패|전송 실패"
    r"|delivery failure|fml system|not member"
    r"|security alert|mail loop|loop alert|spam mail from",
    re.IGNORECASE,
)
BODY = re.compile(
    r"(?:could|can|was|were|has|have|will|is|are|did)(?: ?not|n't) (?:be |been |yet been |yet be "
    r"|reach)?(?:deliver|sent|reach|accepted|receiv)|undeliver|unable to deliver|failed to deliver|delivery (?:to"
    r"|of)[^.]{0,80}(?:fail|not)|delivery failed|delivery (?:error|failure|problem)|permanent (?:error|fatal"
    r"|failure)|returned to you|non-?deliver|was rejected|fatal errors|mail error|had delivery|no such user"
    r"|user unknown|unknown user|automatically rejected|encountered an error|has been returned|being returned"
    r"|could not (?:be )?(?:deliver|send)"
    r"|nicht zugestellt|unzustellbar|konnte nicht|n'a pas (?:pu|ete|été)|n'ont pas|no (?:se )?(?:pudo|pude"
    r"|ha podido|fue)|n[aã]o (?:p[oô]de|foi)|non (?:è|e'|e) (?:stato|possibile)|niet (?:worden )?(?:bezorgd"
    r"|afgeleverd)|не (?:удалось|может|было|доставлен)|できません|失敗|配信|送信|退回|投递|无法|失败|無法"
    r"|못했습니다|실패",
    re.IGNORECASE,
)
DELAYED = re.compile(
    r"warning: (?:message|could not|mail|e-?mail|your)|warning message only|this is (?:just |only )?a warning"
    r"|delayed|delay\b|not yet been deliver|has not been delivered yet|still (?:being )?(?:trying|retried"
    r"|in the queue|queued|undelivered)|will (?:be retried|keep trying|continue|retry|be re-?attempted)"
    r"|continue to (?:attempt|try|be)|delivery attempts will|will continue for|no action is required"
    r"|do not need to (?:resend|do|take)|transient non-fatal|temporar(?:y|ily) (?:delay|unable)"
    r"|queued for (?:further )?retry"
    r"|verz.gert|wird weiter|retard[ée]|diff[ée]r[ée]|demorad|retrasad|atrasad|ritard|vertraagd|задерж|отложен|遅延"
    r"|再送|延迟|延遲|지연",
    re.IGNORECASE,
)
GIVEN_UP = re.compile(
    (
        r"permanent(?:ly)?\b|giving up|given up|gave up|fatal errors|i'm not going to try|has failed|have failed"
        r"|delivery failed|undeliverable|could not be delivered|could not deliver|was not delivered|expired"
        r"|returned to sender|failed permanently|not be delivered after|unzustellbar|(?<!\d)5\.\d\.\d{1,3}"
        r"|(?<![\d.:])55[0-9][ -]"
    ),
    re.IGNORECASE,
)
ORIGINAL_BEGINS = re.compile(
    r"^[>\t\v\f \xa0\u3000]*(?:"
    r"-{2,}\s{0,80}(?:below this line is a copy|this is a copy of (?:the|your) message|the header of the original"
    r"|original message|message header|unsent message|returned (?:message|mail)|attachment is a copy|enclosed"
    r"|start of|begin|the (?:unsent|original)|original-nachricht|mensaje original|message d'origine|unmodified"
    r"|included is|headers? of|ursprüngliche|forwarded|returned text|header of|text of|copy of)[^\n]{0,80}"
    r"|\|-{2,}\s*(?:message (?:header|text))[^\n]{0,80}"
    r"|-------?original (?:message|mail info)[^\n]{0,40}"
    r"|(?:--- )?original message follows[^\n]{0,20}|original message (?:headers|header|text|follows"
    r"|below)?\s{0,20}:?\s{0,20}$|(?:the )?(?:original|returned|unsent|unsent message) (?:message|mail"
    r"|headers?)(?: (?:headers?|follows?|as follows|below|is included below|was|text))*\s{0,20}[:.]\s{0,20}$"
    r"|original mail as follows:|original message (?:headers?|details):"
    r"|included is a copy of the message|your original message (?:follows|headers?)|message text follows:?"
    r"|below is (?:a copy of )?(?:the|your) original|(?:here is )?a copy of (?:the|your) (?:original )?message"
    r"|the (?:first|headers?) [^\n]{0,60}(?:lines|message) (?:follow|were|are)|your message reads"
    r"|a summary of the undelivered message|the attachment contains the original mail headers"
    r"|kopfzeilen der nachricht|ursprüngliche (?:nachricht|nachrichtenkopfzeilen)|en-t.tes de message d'origine"
    r"|encabezados de mensajes? originale?s|cabe.alhos? (?:das mensagens )?originais|intestazioni originali"
    r"|\[.{0,30}原.{0,10}\]\s{0,20}$|-+ ?\+?\+{20,}"
    r")",
    re.IGNORECASE | re.MULTILINE,
)
ORIGINAL_FIELDS = re.compile(
    r"^>{0,2} ?(?:received:\s+(?:from|by|\(|via)|return-path:\s*<|message-id:\s*<[^\n]{0,200}>\s*$"
    r"|content-type:\s*message/(?:rfc822|delivery-status))",
    re.IGNORECASE | re.MULTILINE,
)
"""Fields at the very beginning of a line: the returned message without any line that announces it."""
_KEYWORDS = (
    r"recipients?(?: address| name)?|rcpt to|to|address(?:ed to|ee)?|e-?mail address|mailbox|user(?: name)?"
    r"|error-for|failed (?:recipient|address|to)|intended recipient|original(?:ly)? (?:address|addressed to"
    r"|recipient)|final recipient|undeliverable to|undeliverable address|deliver(?:ed)? to|delivery failed"
    r"|deliver(?:y|ed)? (?:of )?(?:your |the )?(?:e?-?mail |message |mail )?to"
    r"|message to|mail to|unknown user|invalid (?:user|recipient|address)|no such user|account|for"
    r"|could not be delivered to|not be delivered to|rejected recipient|failed|sent to|not delivered to"
    r"|reached? (?:our local address)?|message for|delivery to|unknown|rejected|the address"
    r"|cannot be delivered to|empf.nger|an|adresse|destinataire|a|à|para|destinatario|destinat.rio"
    r"|mailbox is full|message by|at|errors|кому|адрес(?:ат)?|получатель|収件人|收件人|宛先"
)
NAMES_STRONGLY: tuple[re.Pattern[str], ...] = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        (
            rf"^[\s>|]*(?:to\s*:\s*)?(?:[*•·‣-]\s+|\d+[.)]\s+|>>>\s+)?[<\[\"'(]{{0,2}}(?:mailto:"
            rf"|smtp:)?(?P<a>{ADDRESS})[>\]\"')]{{0,2}}(?:\s*[<(]\s*(?:mailto:)?{ADDRESS}[>)])?\s*[:.,;]?\s*$"
        ),
        rf"^[\s|]*(?:to\s*:\s*)?<(?P<a>{ADDRESS})>\s*(?:[:,(.;\[-]|\s\S)",
        (
            rf"^[\s|*•]*[\[\"]?(?P<a>{ADDRESS})[\]\"]?\s*(?::|\[|\(|\.\.\.|…|\s--?\s|,\s|-\s|;\s|\s+on\s"
            rf"|\s+invalid address|\s+\()"
        ),
        rf"^[\s|]*[^\n<>@]{{1,60}}<(?P<a>{ADDRESS})>\s*[:,]?\s*(?:[45]\d\d\b|$)",
        rf"^\s*\[status: [^\n]{{0,40}}address: <(?P<a>{ADDRESS})>",
        rf"(?:>>>|<<<|sent|->)\s*rcpt to:\s*<?(?P<a>{ADDRESS})>?",
        rf"\bsmtp[=:](?P<a>{ADDRESS})",
        rf"(?:^|[\s(])(?:{_KEYWORDS})(?:\s*[:=]\s*|\s+|(?=[<\"'(\[]))[<\"'(\[]{{0,2}}(?:mailto:)?(?P<a>{ADDRESS})",
    )
)
NEVER_NAMES = re.compile(
    r"^[\s>|]*(?:from|sender|mail from|message-id|msg-?id|reply-to|cc|return-path|received|in-reply-to|references"
    r"|x-(?!failed|actual)[\w-]+|subject|betreff|von|de|expéditeur|original sender|date|reporting-mta|list-[\w-]+"
    r"|errors-to|postmaster|envelope-from|sent by|mime-version|from address|mail-from)\s*(?:[:=]|\s<)"
    r"|>>> ?mail from|<<< ?mail from|sent <<< mail|(?:accepting )?mail from|sender:|sender is|generated from|https?://"
    r"|(?:please |to )?contact|for (?:further )?(?:assistance|help|information)|the sender|sent by|message from"
    r"|originat|standard form|although|if you (?:have|feel|believe|think)|questions|forward(?:ing)? (?:this|the)"
    r"|report (?:this|it)"
    r"|message-id\s*[:=<]|msg-id|\.qmail@|mailto:[^\s<>]{1,200}\?",
    re.IGNORECASE,
)
HELPERS = re.compile(
    r"^(?:mailer-daemon|postmaster|abuse|support|help(?:desk)?|hostmaster|root|noreply|no-reply|mdaemon|daemon"
    r"|administrator|mailadmin|webmaster)[@+-]",
    re.IGNORECASE,
)
BOILERPLATE = re.compile(
    (
        r"(?:please )?(?:check|verify|make sure|double-?check|retry|try(?:ing)?)[^.\n]{0,80}(?:address|recipient"
        r"|spelling|resend)[^.\n]{0,120}[.\n]|for (?:further|more) (?:assistance|information|details"
        r"|help)[^.\n]{0,160}|contact (?:your|the)[^.\n]{0,120}|if you (?:do so|have|believe|think|need"
        r"|continue)[^.\n]{0,200}|this (?:is|message) (?:was )?(?:an )?auto[^.\n]{0,120}|no need to (?:reply"
        r"|resend)[^.\n]{0,80}|may (?:be|have)[^.\n]{0,120}(?:full|exist|spelled|removed)[^.\n]{0,80}"
    ),
    re.IGNORECASE,
)
