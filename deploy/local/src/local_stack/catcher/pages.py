"""The catcher's pages for people: plain HTML, readable without scripts."""

from collections.abc import Sequence
from html import escape
from string import Template

from local_stack.catcher.reading import Reading
from local_stack.catcher.store import CaughtMessage

VIEWS = ("html", "text", "headers", "source")

_PAGE = Template("""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>$title</title>
<link rel="stylesheet" href="/static/catcher.css">
<link rel="icon" href="data:,">
</head>
<body>
$body
</body>
</html>
""")


def _page(title: str, body: str) -> str:
    return _PAGE.substitute(title=escape(title), body=body)


def _moment(received_at: str) -> str:
    day, hour = received_at[:10], received_at[11:19]
    return f'<time datetime="{escape(received_at)}"><span>{escape(day)} </span>{escape(hour)} UTC</time>'


def _row(caught: CaughtMessage) -> str:
    return (
        f'<li><a href="/messages/{caught.id}"><span class="who">{escape(", ".join(caught.rcpt_to))}</span>'
        f'<span class="subject">{escape(caught.subject or "(no subject)")}</span>{_moment(caught.received_at)}</a></li>'
    )


def inbox(messages: Sequence[CaughtMessage], *, count: int, newest: int, older: int | None) -> str:
    """The list, newest first; `older` is where the next page begins."""
    rows = "".join(_row(caught) for caught in messages)
    empty = '<p class="empty">No mail yet. Whatever is sent arrives here and goes nowhere else.</p>'
    pages = f'<p class="pages"><a href="/">Newest</a> <a href="/?before={older}">Older</a></p>' if older else ""
    return _page(
        "Caught mail",
        f"<header><h1>Caught mail</h1><p>{count} {'message' if count == 1 else 'messages'}</p></header>"
        f'<p class="notice" data-newest="{newest}" role="status" hidden>New mail has come. <a href="/">Show it</a></p>'
        f"<main>{f'<ul class=messages>{rows}</ul>' if messages else empty}{pages}</main>"
        '<script src="/static/catcher.js" defer></script>',
    )


def message(caught: CaughtMessage, reading: Reading, raw: bytes, view: str) -> str:
    """One message in one of `VIEWS`."""
    there = {"html": reading.html is not None, "text": reading.text is not None, "headers": True, "source": True}
    tabs = "".join(
        f'<a href="/messages/{caught.id}?view={name}"{" aria-current=page" if name == view else ""}>{name.title()}</a>'
        for name in VIEWS
        if there[name]
    ).replace(">Html<", ">HTML<")
    written = {name.lower(): value for name, value in reversed(reading.headers)}
    facts = [("From", written.get("from", "")), ("To", ", ".join(caught.rcpt_to))]
    facts.append(("Return path", caught.mail_from or "<>"))
    facts += [(f"{part.media_type}, {part.size} octets", part.file_name) for part in reading.attachments]
    return _page(
        caught.subject or "(no subject)",
        f'<header><h1><a href="/">Caught mail</a></h1><p>{_moment(caught.received_at)}</p></header>'
        f"<main><h2>{escape(caught.subject or '(no subject)')}</h2>{_list(facts)}"
        f'<nav aria-label="Views of this message">{tabs}</nav>{_view(caught, reading, raw, view)}</main>',
    )


def _list(facts: Sequence[tuple[str, str]]) -> str:
    rows = "".join(f"<dt>{escape(name)}</dt><dd>{escape(value)}</dd>" for name, value in facts)
    return f'<dl class="headers">{rows}</dl>'


def _view(caught: CaughtMessage, reading: Reading, raw: bytes, view: str) -> str:
    match view:
        case "html":
            # Neither scripts nor our origin; a link opens in a tab of its own.
            sandbox = "allow-popups allow-popups-to-escape-sandbox"
            return f'<iframe title="HTML part" sandbox="{sandbox}" src="/messages/{caught.id}/html"></iframe>'
        case "text":
            return f"<pre>{escape(reading.text or '')}</pre>"
        case "headers":
            return _list(reading.headers)
        case _:
            return f"<pre>{escape(raw.decode('utf-8', 'replace'))}</pre>"


def framed_html(html: str) -> str:
    """The HTML part as it goes into the frame."""
    return f'<base target="_blank">{html}'


def first_view(reading: Reading) -> str:
    """What to show before the reader has chosen."""
    if reading.html is not None:
        return "html"
    return "text" if reading.text is not None else "source"
