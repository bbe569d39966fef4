"""The pages themselves: one self-contained document each, without scripts, cookies or anything from elsewhere."""

import base64
import hashlib
from html import escape

from common.contracts.problem import Problem
from lui.subscriber_pages.rules import PAGE_FIELD

_STYLE = """
:root{color-scheme:light dark;--ground:#f4f5f7;--card:#fff;--ink:#1d2330;--soft:#4b5468;--act:#1f5fbf;--on:#fff}
@media(prefers-color-scheme:dark){:root{--ground:#14171d;--card:#1f242d;--ink:#eceff4;--soft:#b3bccb;--act:#8ab4f8;--on:#10141a}}
*{box-sizing:border-box}
body{margin:0;min-height:100vh;display:grid;place-items:center;padding:1.5rem;background:var(--ground);color:var(--ink);
font:1.0625rem/1.55 system-ui,sans-serif}
main{width:100%;max-width:34rem;padding:clamp(1.25rem,5vw,2.5rem);border-radius:.75rem;background:var(--card)}
h1{margin:0 0 .75rem;font-size:1.5rem;line-height:1.25;text-wrap:balance}
p{margin:0 0 1rem;overflow-wrap:anywhere}
p:last-child{margin:0}
.soft{color:var(--soft)}
button{width:100%;min-height:3rem;margin:.5rem 0 1rem;padding:.75rem 1.25rem;border:0;border-radius:.5rem;
background:var(--act);color:var(--on);font:inherit;font-weight:600;cursor:pointer}
button:focus-visible{outline:3px solid var(--ink);outline-offset:3px}
@media(forced-colors:active){button{border:2px solid}}
"""
_STYLE_HASH = base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()

HEADERS = {
    "Content-Security-Policy": (
        f"default-src 'none'; style-src 'sha256-{_STYLE_HASH}'; img-src data:; "
        "form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
    ),
    # The address of the page is the key to it: it must not travel on, rest in a cache, or be found.
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
    "X-Robots-Tag": "noindex, nofollow",
    "X-Content-Type-Options": "nosniff",
}


def ask(sender: str) -> str:
    """Whether the reader really wants no more mail from `sender`."""
    name, value = PAGE_FIELD
    return _page(
        "Unsubscribe",
        "<h1>Do you want to unsubscribe?</h1>"
        f"<p>You will get no more mailings from <strong>{escape(sender)}</strong>.</p>"
        f'<form method="post"><input type="hidden" name="{name}" value="{value}">'
        '<button type="submit">Unsubscribe</button></form>'
        '<p class="soft">Nothing changes until you press the button.</p>',
    )


def ended(sender: str) -> str:
    """It is done."""
    return _page(
        "Unsubscribed",
        f'<h1>You are unsubscribed</h1><p role="status">You will get no more mailings from '
        f"<strong>{escape(sender)}</strong>.</p>"
        '<p class="soft">Messages that were handed over before this moment may still arrive.</p>',
    )


def noted(sender: str) -> str:
    """It is recorded, and takes effect as soon as the sending side is back."""
    return _page(
        "Unsubscribed",
        '<h1>Your wish is recorded</h1><p role="status">You will get no more mailings from '
        f"<strong>{escape(sender)}</strong>.</p>"
        '<p class="soft">It takes effect in a moment; a message on its way may still arrive.</p>',
    )


def failed(problem: Problem) -> str:
    """Why the page cannot be shown or the wish was not recorded."""
    return _page(problem.title, f'<h1>{escape(problem.title)}</h1><p role="alert">{escape(problem.detail)}</p>')


def _page(title: str, body: str) -> str:
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<meta name="robots" content="noindex, nofollow"><title>{escape(title)}</title><link rel="icon" href="data:,">'
        f"<style>{_STYLE}</style></head><body><main>{body}</main></body></html>"
    )
