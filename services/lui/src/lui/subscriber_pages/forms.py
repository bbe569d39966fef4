"""The bodies a subscriber page takes: one small form field, in either of the two encodings RFC 8058 names."""

from collections.abc import AsyncGenerator, Sequence
from urllib.parse import parse_qsl

from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.requests import Request

from lui.subscriber_pages.errors import NotAWish

MAX_BODY = 8 * 1024


async def read_fields(request: Request) -> Sequence[tuple[str, str]]:
    """The form fields of a request, in order. Raises NotAWish when the body is large, no form, or not readable."""
    body = await _body(request)
    encoding = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    try:
        if encoding == "application/x-www-form-urlencoded":
            return parse_qsl(
                body.strip(b"\r\n").decode("ascii"), keep_blank_values=True, strict_parsing=True, max_num_fields=4
            )
        if encoding == "multipart/form-data":
            return await _multipart(request, body)
    except (ValueError, KeyError, MultiPartException) as error:
        raise NotAWish(("", "the form cannot be read")) from error
    raise NotAWish(("", "the body is no form: application/x-www-form-urlencoded or multipart/form-data"))


async def _body(request: Request) -> bytes:
    body = b""
    async for piece in request.stream():
        body += piece
        if len(body) > MAX_BODY:
            raise NotAWish(("", f"the body is larger than {MAX_BODY} octets"))
    return body


async def _multipart(request: Request, body: bytes) -> Sequence[tuple[str, str]]:
    async def once() -> AsyncGenerator[bytes, None]:
        yield body

    form = await MultiPartParser(request.headers, once(), max_files=0, max_fields=4, max_part_size=1024).parse()
    return [(name, value) for name, value in form.multi_items() if isinstance(value, str)]
