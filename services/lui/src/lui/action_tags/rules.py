"""What people put on their pages."""

from html import escape


def pixel_url(tracker_url: str, token: str) -> str:
    """The picture whose loading is the action."""
    return f"{tracker_url.rstrip('/')}/a/{token}.gif"


def snippet(url: str) -> str:
    """The picture itself: it is asked for whenever the page is shown."""
    # Without this policy a page could keep the address of the page from being sent, but never the cookie.
    return f'<img src="{escape(url)}" width="1" height="1" alt="" referrerpolicy="no-referrer">'


def snippet_with_consent(url: str, number: int) -> str:
    """A function that asks for the picture, for the page to call when its visitor agreed."""
    return (
        "<script>\n"
        f"  // Call tuttiAction{number}() once the visitor has agreed to be recognised.\n"
        f"  function tuttiAction{number}() {{\n"
        "    var pixel = new Image(1, 1);\n"
        '    pixel.referrerPolicy = "no-referrer";\n'
        f'    pixel.src = "{escape(url)}";\n'
        "  }\n"
        "</script>"
    )
