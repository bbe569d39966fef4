"""What is said to the server for a transaction."""

from mailer.transport.transactions import Extensions, Transaction


def mail_command(transaction: Transaction, offered: Extensions) -> bytes:
    """MAIL with the parameters that are offered and needed."""
    parameters = b""
    if offered.size is not None:
        parameters = b" SIZE=%d" % len(transaction.data)
    if transaction.is_8bit:
        parameters += b" BODY=8BITMIME"
    if transaction.needs_smtputf8 or not (transaction.rcpt_to.isascii() and transaction.mail_from.isascii()):
        parameters += b" SMTPUTF8"
    return b"MAIL FROM:<%b>%b\r\n" % (transaction.mail_from, parameters)


def rcpt_command(transaction: Transaction) -> bytes:
    """RCPT."""
    return b"RCPT TO:<%b>\r\n" % transaction.rcpt_to


def chunk_commands(transaction: Transaction, offered: Extensions) -> tuple[bytes, bytes, bytes]:
    """MAIL, RCPT and the BDAT that stands before a whole message (RFC 3030)."""
    bdat = b"BDAT %d LAST\r\n" % len(transaction.data)
    return mail_command(transaction, offered), rcpt_command(transaction), bdat
