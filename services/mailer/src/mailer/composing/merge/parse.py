"""Parsing by python-liquid, reduced to the allow-list."""

from typing import NoReturn

from liquid import Environment, Mode
from liquid.ast import Node
from liquid.builtin.content import Literal
from liquid.builtin.illegal import Illegal
from liquid.builtin.output import Output
from liquid.builtin.tags.assign_tag import AssignTag
from liquid.builtin.tags.case_tag import CaseTag
from liquid.builtin.tags.comment_tag import CommentTag
from liquid.builtin.tags.if_tag import IfTag
from liquid.builtin.tags.inline_comment_tag import InlineCommentTag
from liquid.builtin.tags.unless_tag import UnlessTag
from liquid.exceptions import LiquidError, LiquidSyntaxError
from liquid.tag import Tag
from liquid.token import TOKEN_EOF

from mailer.composing.errors import ContentFaulty, Finding, Part
from mailer.composing.merge.scan import scan, unclosed_block

MAX_DEPTH = 32


class _StrictIf(IfTag):
    mode = Mode.STRICT


class _StrictUnless(UnlessTag):
    mode = Mode.STRICT


_TAGS: tuple[type[Tag], ...] = (
    Literal,
    Output,
    Illegal,
    _StrictIf,
    _StrictUnless,
    CaseTag,
    AssignTag,
    CommentTag,
    InlineCommentTag,
)


class MergeEnvironment(Environment):
    """python-liquid with the tags of the merge language only; filters are checked by the compiler."""

    block_nesting_limit = MAX_DEPTH

    def setup_tags_and_filters(self, *, extra: bool = False) -> None:
        """Register the allow-list; `extra` is never asked for."""
        del extra
        for tag in _TAGS:
            self.add_tag(tag)


_ENVIRONMENT = MergeEnvironment(tolerance=Mode.STRICT)


def parse(source: str, part: Part) -> list[Node]:
    """The nodes of a template. Raises ContentFaulty naming the place of the first mistake."""
    spans = scan(source, part)
    try:
        return _ENVIRONMENT.from_string(source).nodes
    except LiquidError as error:
        unclosed = unclosed_block(source, spans)
        if unclosed is not None and isinstance(error, LiquidSyntaxError) and _is_at_the_end(error):
            start, name = unclosed
            finding = Finding.at(part, source, start, f"'{name}' is never closed by 'end{name}'")
            raise ContentFaulty([finding]) from None
        _raise_finding(error, source, part)
    except RecursionError:
        raise ContentFaulty([Finding(part, 1, 1, "a condition is nested too deeply")]) from None


def _is_at_the_end(error: LiquidError) -> bool:
    return error.token is None or error.token.start_index < 0 or error.token.kind == TOKEN_EOF


def _raise_finding(error: LiquidError, source: str, part: Part) -> NoReturn:
    offset = error.token.start_index if error.token else -1
    offset = len(source) if offset < 0 else offset
    raise ContentFaulty([Finding.at(part, source, offset, str(error.message))]) from None
