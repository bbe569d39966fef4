"""Liquid's expressions as plain functions of a scope."""

from collections.abc import Callable

from liquid.builtin.expressions import filtered as liquid_filtered
from liquid.builtin.expressions import logical
from liquid.builtin.expressions.arguments import KeywordArgument
from liquid.builtin.expressions.filtered import FilteredExpression
from liquid.builtin.expressions.logical import BooleanExpression
from liquid.builtin.expressions.path import Path
from liquid.builtin.expressions.primitive import (
    Blank,
    Empty,
    FalseLiteral,
    FloatLiteral,
    IntegerLiteral,
    Nil,
    StringLiteral,
    TrueLiteral,
)
from liquid.expression import Expression
from liquid.token import Token

from mailer.composing.errors import Finding, Part
from mailer.composing.merge.conditions import Operand, Special, contains, equal, is_truthy, less, less_or_equal
from mailer.composing.merge.filters import FILTERS, Filter, bounded
from mailer.composing.merge.layout import UNSUBSCRIBE_URL, Layout
from mailer.composing.merge.program import Evaluate, Scope

Compare = Callable[[Operand, Operand], bool]
Read = Callable[[Scope], Operand]
Test = Callable[[Scope], bool]

_COMPARISONS: dict[type[Expression], Compare] = {
    logical.EqExpression: equal,
    logical.NeExpression: lambda left, right: not equal(left, right),
    logical.LtExpression: less,
    logical.GtExpression: lambda left, right: less(right, left),
    logical.LeExpression: less_or_equal,
    logical.GeExpression: lambda left, right: less_or_equal(right, left),
    logical.ContainsExpression: contains,
}
_LITERALS = (StringLiteral, IntegerLiteral, FloatLiteral, TrueLiteral, FalseLiteral)


class Expressions:
    """Compiles the expressions of one template; mistakes are collected in `findings`, never raised."""

    def __init__(self, source: str, part: Part, layout: Layout) -> None:
        self._source = source
        self._part: Part = part
        self._layout = layout
        self.findings: list[Finding] = []
        self.fields: set[str] = set()

    def refuse(self, token: Token, detail: str) -> None:
        """Note a mistake at a token."""
        self.findings.append(Finding.at(self._part, self._source, token.start_index, detail))

    def value(self, expression: Expression) -> Evaluate:
        """An output's or an assignment's expression with its filters."""
        if not isinstance(expression, FilteredExpression):
            self.refuse(expression.token, "this kind of expression is not part of the merge language")
            return lambda _: None
        evaluate = self._plain(expression.left)
        for step in expression.filters or ():
            evaluate = self._filtered(evaluate, step)
        return evaluate

    @staticmethod
    def is_escaped(expression: Expression) -> bool:
        """Whether the expression ends in a filter that escapes."""
        if not isinstance(expression, FilteredExpression) or not expression.filters:
            return False
        known = FILTERS.get(expression.filters[-1].name)
        return known is not None and known.escapes

    def column(self, expression: Expression) -> int | None:
        """Where the value lies when the expression is the name of a column and nothing else."""
        if isinstance(expression, FilteredExpression) and not expression.filters:
            expression = expression.left
        if not isinstance(expression, Path) or len(expression.path) != 1 or not isinstance(expression.path[0], str):
            return None
        return self._layout.fixed(self._part, expression.path[0])

    def equality(self, expression: Expression) -> tuple[int, str, bool] | None:
        """Position, text and whether they shall be equal, when a condition is `COLUMN == "text"` or `!=`."""
        if isinstance(expression, BooleanExpression):
            return self.equality(expression.expression)
        if not isinstance(expression, logical.EqExpression | logical.NeExpression):
            return None
        position = self.column(expression.left)
        if position is None or not isinstance(expression.right, StringLiteral):
            return None
        return position, expression.right.value, isinstance(expression, logical.EqExpression)

    def condition(self, expression: Expression) -> Test:
        """The test of an `if`, `elsif` or `unless`."""
        if isinstance(expression, BooleanExpression):
            return self.condition(expression.expression)
        if isinstance(expression, logical.LogicalAndExpression):
            first, second = self.condition(expression.left), self.condition(expression.right)
            return lambda scope: first(scope) and second(scope)
        if isinstance(expression, logical.LogicalOrExpression):
            first, second = self.condition(expression.left), self.condition(expression.right)
            return lambda scope: first(scope) or second(scope)
        compare = _COMPARISONS.get(type(expression))
        if compare is None:
            read = self.operand(expression)
            return lambda scope: is_truthy(read(scope))
        return self._comparison(compare, expression)

    def operand(self, expression: Expression) -> Read:
        """One side of a comparison."""
        if isinstance(expression, Empty):
            return lambda _: Special.EMPTY
        if isinstance(expression, Blank):
            return lambda _: Special.BLANK
        return self._plain(expression)

    def literal(self, expression: Expression) -> Read:
        """A value of `when`, which must stand in the template."""
        if not isinstance(expression, (*_LITERALS, Nil, Empty, Blank)):
            self.refuse(expression.token, "'when' takes literal values only")
        return self.operand(expression)

    def _comparison(self, compare: Compare, expression: Expression) -> Test:
        sides = list(expression.children())
        left, right = self.operand(sides[0]), self.operand(sides[1])
        return lambda scope: compare(left(scope), right(scope))

    def _plain(self, expression: Expression) -> Evaluate:
        if isinstance(expression, _LITERALS):
            constant = expression.value
            return lambda _: constant
        if isinstance(expression, Nil):
            return lambda _: None
        if not isinstance(expression, Path):
            self.refuse(expression.token, "this kind of expression is not part of the merge language")
            return lambda _: None
        position = self._position(expression)
        return lambda scope: scope[position]

    def _position(self, path: Path) -> int:
        name = path.path[0]
        if len(path.path) != 1 or not isinstance(name, str):
            self.refuse(path.token, f"'{path}' is not the name of a merge field")
            return 0
        position = self._layout.find(self._part, name)
        if position is None:
            self.refuse(path.token, f"the merge field '{name}' is not in the recipient list")
            return 0
        if position == self._layout.column(name) and name != UNSUBSCRIBE_URL:
            self.fields.add(name)
        return position

    def _filtered(self, evaluate: Evaluate, step: liquid_filtered.Filter) -> Evaluate:
        known = FILTERS.get(step.name)
        if known is None:
            self.refuse(step.token, f"the filter '{step.name}' is not part of the merge language")
            return evaluate
        if any(isinstance(argument, KeywordArgument) for argument in step.args):
            self.refuse(step.token, f"the filter '{step.name}' takes no named arguments")
            return evaluate
        if not known.least <= len(step.args) <= known.most:
            self.refuse(step.token, f"the filter '{step.name}' takes {_arguments(known)}")
            return evaluate
        arguments = [self._plain(argument.value) for argument in step.args]
        apply = known.apply
        if not arguments:
            return lambda scope: bounded(apply(evaluate(scope)))
        return lambda scope: bounded(apply(evaluate(scope), *[argument(scope) for argument in arguments]))


def _arguments(known: Filter) -> str:
    if not known.most:
        return "no arguments"
    return f"{known.least} to {known.most} arguments" if known.least != known.most else f"{known.most} argument(s)"
