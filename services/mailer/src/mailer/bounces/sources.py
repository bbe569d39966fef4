"""The sources a deployment has set up, by kind and name."""

from mailer.config import MailerSettings

Source = tuple[str, str]
SMTP: Source = ("smtp", "bounce receiver")
LMTP: Source = ("lmtp", "bounce receiver")


def configured_sources(settings: MailerSettings) -> list[Source]:
    """Every one of them."""
    bounces, found = settings.bounces, []
    if settings.bounce_port:
        found.append(SMTP)
    if bounces.lmtp_port:
        found.append(LMTP)
    if bounces.imap is not None:
        found.append(imap_source(settings))
    if bounces.maildir is not None:
        found.append(maildir_source(settings))
    return [*found, *(("hook", provider) for provider in configured_hooks(settings))]


def imap_source(settings: MailerSettings) -> Source:
    """The mailbox that is fetched."""
    imap = settings.bounces.imap
    return ("imap", f"{imap.user} at {imap.host}, {imap.folder}" if imap else "")


def maildir_source(settings: MailerSettings) -> Source:
    """The directory that is watched."""
    return ("maildir", str(settings.bounces.maildir or ""))


def configured_hooks(settings: MailerSettings) -> list[str]:
    """Providers that have a secret to prove themselves with."""
    hooks = settings.bounces.hooks
    wanted = {
        "generic": hooks.generic_secret.get_secret_value(),
        "ses": hooks.ses_topics,
        "postmark": hooks.postmark_password.get_secret_value(),
        "mailgun": hooks.mailgun_key.get_secret_value(),
        "sendgrid": hooks.sendgrid_key,
    }
    return [provider for provider, secret in wanted.items() if secret]
