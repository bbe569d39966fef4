"""Relaxed canonicalisation (RFC 6376, 3.4.2 and 3.4.4), by searches that run in C: no line of a body is looked at."""


def relaxed_body(body: bytes) -> bytes:
    """The body as it is hashed: runs of white space are one space, none at line ends, no empty lines at the end."""
    body = _without_runs(body)
    if b" \r\n" in body:
        body = body.replace(b" \r\n", b"\r\n")
    end = len(body)
    if body.endswith(b" "):
        end -= 1
    while body.endswith(b"\r\n", 0, end):
        end -= 2
    return body[:end] + b"\r\n" if end else b""


def relaxed_headers(headers: bytes) -> list[tuple[bytes, bytes]]:
    """Every header of a block in its order: its name in lower case, and `name:value` as it is hashed, without CRLF."""
    # Only the line break goes: the white space behind it is part of the value.
    unfolded = headers.replace(b"\r\n ", b" ").replace(b"\r\n\t", b" ")
    found = []
    for line in _without_runs(unfolded).split(b"\r\n"):
        name, colon, value = line.partition(b":")
        if colon:
            lower = name.rstrip(b" ").lower()
            found.append((lower, b"%b:%b" % (lower, value.strip(b" "))))
    return found


def _without_runs(text: bytes) -> bytes:
    text = text.replace(b"\t", b" ")
    if b"  " not in text:
        return text
    # An end mark on both sides, so that a run there is followed by something like any other.
    text = b"|%b|" % text
    # A run of an odd length leaves two spaces, so the second round is the last.
    while b"  " in text:
        text = b" ".join([piece for piece in text.split(b"  ") if piece])
    return text[1:-1]
