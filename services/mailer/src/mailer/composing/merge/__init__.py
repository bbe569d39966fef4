"""The merge language: Liquid with an allow-list, compiled to a flat program of constants and slots."""

from mailer.composing.merge.compile import compile_template
from mailer.composing.merge.layout import UNSUBSCRIBE_URL, Layout, require_values
from mailer.composing.merge.paths import path_of
from mailer.composing.merge.program import MAX_OUTPUT, Encode, Kind, Op, Program, Scope, run
from mailer.composing.merge.scan import Span, decode_entities_in_liquid, scan
from mailer.composing.merge.steps import TOO_LONG, Constants, Pool, Step, steps_of, whole

__all__ = [
    "MAX_OUTPUT",
    "TOO_LONG",
    "UNSUBSCRIBE_URL",
    "Constants",
    "Encode",
    "Kind",
    "Layout",
    "Op",
    "Pool",
    "Program",
    "Scope",
    "Span",
    "Step",
    "compile_template",
    "decode_entities_in_liquid",
    "path_of",
    "require_values",
    "run",
    "scan",
    "steps_of",
    "whole",
]
