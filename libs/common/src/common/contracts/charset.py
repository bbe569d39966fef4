"""The charsets a message may be asked for in: lui offers them, mailer sends in them."""

from typing import Literal

Charset = Literal[
    "us-ascii",
    "iso-8859-1",
    "iso-8859-2",
    "iso-8859-3",
    "iso-8859-4",
    "iso-8859-5",
    "iso-8859-6",
    "iso-8859-7",
    "iso-8859-8",
    "iso-8859-9",
    "iso-8859-15",
    "utf-8",
    "gb2312",
    "big5",
    "iso-2022-jp",
    "iso-2022-kr",
    "auto",
]
