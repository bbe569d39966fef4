"""The merge language: Liquid with an allow-list, compiled to a flat program of constants and slots."""

from mailer.composing.merge.compile import compile_template
from mailer.composing.merge.layout import UNSUBSCRIBE_URL, Layout
from mailer.composing.merge.program import Encode, Kind, Op, Program, Scope, run
from mailer.composing.merge.scan import Span, decode_entities_in_liquid, scan

__all__ = [
    "UNSUBSCRIBE_URL",
    "Encode",
    "Kind",
    "Layout",
    "Op",
    "Program",
    "Scope",
    "Span",
    "compile_template",
    "decode_entities_in_liquid",
    "run",
    "scan",
]
