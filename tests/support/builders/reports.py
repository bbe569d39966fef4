"""Messages as mail systems and recipients send them back."""

from email.message import EmailMessage


def a_dsn(
    *,
    action: str = "failed",
    status: str = "5.1.1",
    diagnostic: str = "550 5.1.1 no such user here",
    recipient: str = "person2@example.org",
    returned: str = "",
) -> bytes:
    """A delivery status notification (RFC 3464); `returned` are headers of the message that it sends back."""
    lines = [
        "From: Mail Delivery System <MAILER-DAEMON@mx.example.org>",
        "To: return path",
        "Subject: Undelivered Mail Returned to Sender",
        "Auto-Submitted: auto-replied",
        "MIME-Version: 1.0",
        'Content-Type: multipart/report; report-type=delivery-status; boundary="frontier"',
        "",
        "--frontier",
        "Content-Type: text/plain",
        "",
        "Your message could not be delivered.",
        "--frontier",
        "Content-Type: message/delivery-status",
        "",
        "Reporting-MTA: dns; mx.example.org",
        "",
        f"Final-Recipient: rfc822; {recipient}",
        f"Action: {action}",
        f"Status: {status}",
        f"Diagnostic-Code: smtp; {diagnostic}",
        "",
        "--frontier",
        "Content-Type: text/rfc822-headers",
        "",
        returned or "Subject: Hello",
        "",
        "--frontier--",
        "",
    ]
    return "\r\n".join(lines).encode()


def a_complaint(*, returned: str = "", recipient: str = "person2@example.org") -> bytes:
    """A feedback report (RFC 5965)."""
    lines = [
        "From: <feedback@provider.example>",
        "Subject: abuse report",
        "MIME-Version: 1.0",
        'Content-Type: multipart/report; report-type=feedback-report; boundary="frontier"',
        "",
        "--frontier",
        "Content-Type: text/plain",
        "",
        "This is an email abuse report.",
        "--frontier",
        "Content-Type: message/feedback-report",
        "",
        "Feedback-Type: abuse",
        "User-Agent: Provider/1.0",
        "Version: 1",
        f"Original-Rcpt-To: {recipient}",
        "",
        "--frontier",
        "Content-Type: message/rfc822",
        "",
        returned or "Subject: Hello",
        "",
        "Hello",
        "",
        "--frontier--",
        "",
    ]
    return "\r\n".join(lines).encode()


def a_vacation() -> bytes:
    """What somebody's mail program answers while they are away."""
    message = EmailMessage()
    message["From"] = "ann@example.org"
    message["Subject"] = "Out of office: Hello"
    message["Auto-Submitted"] = "auto-replied"
    message.set_content("I am away until Monday.")
    return message.as_bytes().replace(b"\n", b"\r\n")


def a_plain_mail(subject: str = "unsubscribe") -> bytes:
    """A mail a person wrote."""
    return f"From: ann@example.org\r\nSubject: {subject}\r\n\r\nplease\r\n".encode()
