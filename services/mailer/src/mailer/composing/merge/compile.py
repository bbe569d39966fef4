"""From Liquid's tree to the flat program."""

from collections.abc import Iterable
from dataclasses import replace

from liquid.ast import BlockNode, Node
from liquid.builtin.content import ContentNode
from liquid.builtin.output import OutputNode
from liquid.builtin.tags.assign_tag import AssignNode
from liquid.builtin.tags.case_tag import CaseNode, MultiExpressionBlockNode
from liquid.builtin.tags.if_tag import IfNode
from liquid.builtin.tags.unless_tag import UnlessNode
from liquid.expression import Expression

from mailer.composing.errors import ContentFaulty, Part
from mailer.composing.merge.conditions import equal
from mailer.composing.merge.expressions import Expressions, Test
from mailer.composing.merge.layout import Layout
from mailer.composing.merge.parse import parse
from mailer.composing.merge.program import Kind, Op, Program


def compile_template(source: str, part: Part, layout: Layout) -> Program:
    """The program of a template. Raises ContentFaulty with every mistake found."""
    nodes = parse(source, part)
    compiler = _Compiler(source, part, layout)
    compiler.declare(nodes)
    compiler.block(nodes, silent=False)
    if compiler.expressions.findings:
        raise ContentFaulty(compiler.expressions.findings)
    return Program(tuple(compiler.ops), frozenset(compiler.expressions.fields))


class _Compiler:
    def __init__(self, source: str, part: Part, layout: Layout) -> None:
        self._part: Part = part
        self._layout = layout
        self.expressions = Expressions(source, part, layout)
        self.ops: list[Op] = []

    def declare(self, nodes: Iterable[Node]) -> None:
        """Give every assigned name its place first: it holds for the whole part, as in Liquid."""
        for node in nodes:
            for name in node.template_scope():
                self._layout.declare(self._part, str(name))
            self.declare(_children(node))

    def block(self, nodes: Iterable[Node], *, silent: bool) -> None:
        """Compile nodes; a silent block assigns but prints nothing."""
        for node in nodes:
            self._node(node, silent=silent)

    def _node(self, node: Node, *, silent: bool) -> None:
        if isinstance(node, ContentNode):
            if not silent:
                self.ops.append(Op(Kind.CONSTANT, text=node.text))
        elif isinstance(node, OutputNode):
            self._output(node, silent=silent)
        elif isinstance(node, AssignNode):
            target = self._layout.declare(self._part, str(node.name))
            self.ops.append(Op(Kind.ASSIGN, evaluate=self.expressions.value(node.expression), target=target))
        elif isinstance(node, IfNode | UnlessNode):
            self._choice(node, silent=silent)
        elif isinstance(node, CaseNode):
            self._case(node, silent=silent)

    def _output(self, node: OutputNode, *, silent: bool) -> None:
        evaluate = self.expressions.value(node.expression)
        if not silent:
            escaped = self.expressions.is_escaped(node.expression)
            column = self.expressions.column(node.expression)
            self.ops.append(Op(Kind.SLOT, evaluate=evaluate, is_escaped=escaped, column=column))

    def _choice(self, node: IfNode | UnlessNode, *, silent: bool) -> None:
        branches = [(self._test(node.condition, is_negated=isinstance(node, UnlessNode)), node.consequence)]
        branches += [(self._test(other.expression), other.block) for other in node.alternatives]
        exits: list[int] = []
        for test, block in branches:
            around = self._jump(test)
            self._inner(block, silent=silent)
            exits.append(self._jump(Op(Kind.JUMP)))
            self._land(around)
        if node.default is not None:
            self._inner(node.default, silent=silent)
        for jump in exits:
            self._land(jump)

    def _test(self, condition: Expression, *, is_negated: bool = False) -> Op:
        test = self.expressions.condition(condition)
        compares = self.expressions.equality(condition)
        if is_negated:
            compares = compares and (compares[0], compares[1], not compares[2])
            return Op(Kind.JUMP_UNLESS, evaluate=_negated(test), compares=compares)
        return Op(Kind.JUMP_UNLESS, evaluate=test, compares=compares)

    def _case(self, node: CaseNode, *, silent: bool) -> None:
        # Every `when` that fits is printed, as in Liquid; `else` only when none before it fitted.
        flag = self._layout.declare(self._part, f"case at {node.token.start_index}")
        self.ops.append(Op(Kind.ASSIGN, evaluate=lambda _: False, target=flag))
        for block in node.blocks:
            if isinstance(block, MultiExpressionBlockNode):
                around = self._jump(Op(Kind.JUMP_UNLESS, evaluate=self._fits(node, block)))
                self.ops.append(Op(Kind.ASSIGN, evaluate=lambda _: True, target=flag))
                self._inner(block.block, silent=silent)
            else:
                around = self._jump(Op(Kind.JUMP_UNLESS, evaluate=lambda scope: not scope[flag]))
                self._inner(block, silent=silent)
            self._land(around)

    def _fits(self, node: CaseNode, block: MultiExpressionBlockNode) -> Test:
        subject = self.expressions.operand(node.expression)
        values = [self.expressions.literal(value) for value in block.expression.expressions]
        return lambda scope: any(equal(subject(scope), value(scope)) for value in values)

    def _inner(self, block: BlockNode, *, silent: bool) -> None:
        # Liquid prints nothing for a block that holds only white space and assignments.
        self.block(block.nodes, silent=silent or block.blank)

    def _jump(self, op: Op) -> int:
        self.ops.append(op)
        return len(self.ops) - 1

    def _land(self, jump: int) -> None:
        self.ops[jump] = replace(self.ops[jump], target=len(self.ops))


def _negated(test: Test) -> Test:
    return lambda scope: not test(scope)


def _children(node: Node) -> Iterable[Node]:
    # The argument is a render context, which the allowed nodes never look at.
    return node.children(None)  # type: ignore[arg-type]
