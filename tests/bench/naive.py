"""How it is usually written: Jinja2, EmailMessage, aiosmtplib, one INSERT a message. To be compared with."""

import asyncio
import time
from email.message import EmailMessage
from email.utils import formatdate, make_msgid

import aiosmtplib
import jinja2
import psycopg

CONNECTIONS = 20


async def naive_rate(dsn: str, port: int, document: dict[str, str], people: list[dict[str, str]]) -> float:
    """Messages a second."""
    environment = jinja2.Environment(autoescape=True)
    html, text = environment.from_string(document["html"]), environment.from_string(document["text"])
    subject = environment.from_string(document["subject"])
    waiting = iter(people)
    began = time.perf_counter()

    async def connection() -> None:
        async with (
            aiosmtplib.SMTP(hostname="127.0.0.1", port=port, start_tls=False) as smtp,
            await psycopg.AsyncConnection.connect(dsn, autocommit=True) as database,
        ):
            for person in waiting:
                message = EmailMessage()
                message["Subject"] = subject.render(person)
                message["From"], message["To"] = "News <news@sender.example>", person["EMAIL"]
                message["Date"], message["Message-ID"] = formatdate(), make_msgid(domain="sender.example")
                message.set_content(text.render(person))
                message.add_alternative(html.render(person), subtype="html")
                await smtp.send_message(message, sender="b@sender.example", recipients=[person["EMAIL"]])
                await database.execute("INSERT INTO naive_sent (address, at) VALUES (%s, now())", (person["EMAIL"],))

    await asyncio.gather(*(connection() for _ in range(CONNECTIONS)))
    return len(people) / (time.perf_counter() - began)
