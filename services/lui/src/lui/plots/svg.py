"""What an SVG gets to look the same everywhere and to be read out: the letters it uses, a title, a description."""

import base64
import io
import re
from pathlib import Path
from typing import Final
from xml.sax.saxutils import escape

import matplotlib as mpl
from fontTools import subset  # type: ignore[import-untyped]  # it comes without types
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]  # likewise

_FACES: Final = (("DejaVuSans.ttf", "400"), ("DejaVuSans-Bold.ttf", "700"))
_OPENING = re.compile(r"<svg\b[^>]*>")
_TEXT = re.compile(r"<text\b[^>]*>([^<]*)</text>")


def finished(svg: str, title: str, description: str) -> bytes:
    """The picture with its letters embedded: as text they can be found and read out, whatever fonts a reader has."""
    letters = "".join(sorted(set("".join(_TEXT.findall(svg)) + "&<>\"'")))
    faces = "".join(_face(name, weight, letters) for name, weight in _FACES)
    named = f'<title>{escape(title)}</title><desc>{escape(description)}</desc><style type="text/css">{faces}</style>'
    opening = _OPENING.search(svg)
    if opening is None:
        raise ValueError("matplotlib wrote no SVG")
    return f"{svg[: opening.end()]}{named}{svg[opening.end() :]}".encode()


def _face(name: str, weight: str, letters: str) -> str:
    with TTFont(Path(mpl.get_data_path()) / "fonts/ttf" / name, recalcTimestamp=False) as font:
        chosen = subset.Subsetter(subset.Options(layout_features=[], hinting=False, notdef_outline=True))
        chosen.populate(text=letters)
        chosen.subset(font)
        font.flavor = "woff"
        octets = io.BytesIO()
        font.save(octets)
    data = base64.b64encode(octets.getvalue()).decode()
    return (
        f"@font-face{{font-family:'DejaVu Sans';font-weight:{weight};"
        f"src:url(data:font/woff;base64,{data}) format('woff')}}"
    )
