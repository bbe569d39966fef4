"""The file in a multipart form (RFC 7578), read as it arrives and held nowhere."""

from collections import deque
from collections.abc import AsyncIterator
from pathlib import PurePosixPath, PureWindowsPath

from python_multipart.exceptions import MultipartParseError
from python_multipart.multipart import MultipartParser, parse_options_header

from lui.audience.errors import UploadMalformed

FIELD = "file"
MAX_NAME_LENGTH = 255
_NO_FILE = "The form has no part called file"


class FileForm:
    """A form whose part called `file` is streamed; other parts are skipped."""

    def __init__(self, stream: AsyncIterator[bytes], content_type: str) -> None:
        kind, options = parse_options_header(content_type)
        boundary = options.get(b"boundary")
        if kind != b"multipart/form-data" or not boundary:
            raise UploadMalformed("Send the file as multipart/form-data with a boundary")
        self.file_name = ""
        self._stream = stream
        self._octets: deque[bytes] = deque()
        self._header = bytearray()
        self._value = bytearray()
        self._disposition = b""
        self._found = self._inside = self._ended = False
        self._parser = MultipartParser(
            boundary,
            {
                "on_part_begin": self._begin_part,
                "on_header_field": lambda data, start, end: self._header.extend(data[start:end]),
                "on_header_value": lambda data, start, end: self._value.extend(data[start:end]),
                "on_header_end": self._end_header,
                "on_headers_finished": self._end_headers,
                "on_part_data": self._take,
                "on_part_end": self._end_part,
                "on_end": self._end,
            },
        )

    async def begin(self) -> None:
        """Read on until the file begins, so that its name is known. Raises UploadMalformed."""
        while not self._found:
            if not await self._read_on():
                raise UploadMalformed(_NO_FILE)

    async def octets(self) -> AsyncIterator[bytes]:
        """The file's octets as they come. Raises UploadMalformed when the form ends in its middle."""
        while True:
            while self._octets:
                yield self._octets.popleft()
            if not await self._read_on():
                break
        if not self._ended:
            raise UploadMalformed("The form breaks off before its end")

    async def _read_on(self) -> bool:
        """Parse the next chunk; False at the end of the request."""
        try:
            chunk = await anext(self._stream)
        except StopAsyncIteration:
            return False
        try:
            self._parser.write(chunk)
        except MultipartParseError as error:
            raise UploadMalformed("The form cannot be parsed") from error
        return True

    def _begin_part(self) -> None:
        self._disposition = b""

    def _end_header(self) -> None:
        if bytes(self._header).lower() == b"content-disposition":
            self._disposition = bytes(self._value)
        self._header.clear()
        self._value.clear()

    def _end_headers(self) -> None:
        _, options = parse_options_header(self._disposition)
        self._inside = not self._found and options.get(b"name") == FIELD.encode()
        if self._inside:
            self._found = True
            self.file_name = _base_name(options.get(b"filename", b"").decode("utf-8", "replace"))

    def _take(self, data: bytes, start: int, end: int) -> None:
        if self._inside:
            self._octets.append(data[start:end])

    def _end_part(self) -> None:
        self._inside = False

    def _end(self) -> None:
        self._ended = True


def _base_name(name: str) -> str:
    """The last part of a path, whatever system it was written on, without control characters."""
    last = PureWindowsPath(PurePosixPath(name).name).name
    shown = "".join(character for character in last if character.isprintable())[:MAX_NAME_LENGTH]
    return shown or "upload"
