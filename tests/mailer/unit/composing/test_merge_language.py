"""The merge language: what it prints, what it refuses, and that it agrees with python-liquid."""

import contextlib
import html
import time
from dataclasses import replace
from typing import TextIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from liquid import Environment
from liquid.builtin.output import Output, OutputNode
from liquid.context import RenderContext
from liquid.stream import TokenStream
from liquid.stringify import to_liquid_string

from mailer.composing.errors import ContentFaulty, MergeFailed
from mailer.composing.merge import Constants, Layout, Scope, compile_template, path_of, run, steps_of, whole
from mailer.composing.merge.filters import FILTERS, MAX_VALUE
from mailer.composing.merge.program import Kind, Op

COLUMNS = ("NAME", "TOWN", "AGE", "First Name")


def merged(source: str, *values: str) -> str:
    layout = Layout(COLUMNS)
    program = compile_template(source, "text", layout)
    out: list[str] = []
    run(program.ops, layout.scope([*values, *[""] * (len(COLUMNS) - len(values))], "https://out.test/u/1"), out)
    return "".join(out)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("Dear {{ NAME }}", "Dear Ann"),
        ("{{ name }} of {{town}}", "Ann of Ulm"),
        ('{{ ["First Name"] | default: "friend" }}', "friend"),
        ("{% if AGE >= 18 %}adult{% else %}child{% endif %}", "adult"),
        ("{% if AGE == 20 and TOWN contains 'l' %}y{% endif %}", "y"),
        ("{% unless TOWN == 'Bonn' %}elsewhere{% endunless %}", "elsewhere"),
        ("{% case TOWN %}{% when 'Bonn', 'Ulm' %}south{% else %}north{% endcase %}", "south"),
        ("{% assign hi = NAME | upcase %}{{ hi }}!", "ANN!"),
        ("{% comment %}{{ nobody }}{% endcomment %}x", "x"),
        ("{% raw %}{{ NAME }}{% endraw %}", "{{ NAME }}"),
        ("{{ '2026-11-22' | date: '%d.%m.%Y' }}", "22.11.2026"),
        ("{{ NAME -}}  {{- TOWN }}", "AnnUlm"),
        ("{{ unsubscribe_url }}", "https://out.test/u/1"),
        ("{{ NAME | append: ' of ' | append: TOWN | upcase }}", "ANN OF ULM"),
        ("{% if ['First Name'] == blank %}nobody{% endif %}", "nobody"),
    ],
)
def test_it_prints(source: str, expected: str) -> None:
    assert merged(source, "Ann", "Ulm", "20") == expected


@pytest.mark.parametrize(
    ("source", "where", "what"),
    [
        ("Dear {{ NOBODY }}", (1, 9), "'NOBODY' is not in the recipient list"),
        ("a\nb {{ NAME | reverse }}", (2, 13), "'reverse' is not part of"),
        ("a\n\n{% if NAME %}", (3, 1), "'if' is never closed by 'endif'"),
        ("{% if NAME %}x{% endunless %}", (1, 18), "unexpected tag"),
        ("{{ NAME", (1, 1), "not closed"),
        ("{% for x in NAME %}{% endfor %}", (1, 1), "'for' is not part of"),
        ("{{ NAME.secret }}", (1, 4), "not the name of a merge field"),
        ("{{ NAME | upcase: 3 }}", (1, 11), "takes no arguments"),
        ("{% case NAME %}{% when TOWN %}{% endcase %}", (1, 24), "literal values"),
        ("{% raw %}never", (1, 1), "never closed"),
    ],
)
def test_mistakes_are_named_with_their_place(source: str, where: tuple[int, int], what: str) -> None:
    with pytest.raises(ContentFaulty) as faulty:
        merged(source)
    [finding] = faulty.value.findings
    assert (finding.line, finding.column) == where
    assert what in finding.detail


def test_all_unknown_fields_are_named_at_once() -> None:
    with pytest.raises(ContentFaulty) as faulty:
        merged("{{ A }} {{ B }} {% if C %}{{ D }}{% endif %}")
    assert len(faulty.value.findings) == 4


@pytest.mark.parametrize(
    "payload",
    [
        "{{ ''.__class__.__mro__ }}", "{{ env }}", "{{ settings.token_keys }}", "{% include 'x' %}", "{% render 'x' %}",
        "{{ 'x' | system }}", "{{ 7*7 }}", "${7*7}", "#{7*7}", "<%= 7*7 %>", "{{ self }}", "{{ range(9) }}",
        "{% capture x %}{% endcapture %}", "{% liquid echo 'x' %}", "{{ NAME | replace: 'a', 'b' }}",
        "{{ 'now' | date: '%s' }}", "{% increment x %}", "{% cycle 'a', 'b' %}", "{{ NAME['__class__'] }}",
        "{{ __builtins__ }}", "{{ config.items() }}", "{% doc %}{% enddoc %}", "{{ (1..99999999) }}", "{0.__class__}",
        "{% tablerow x in (1..9) %}{% endtablerow %}", "{{ NAME | base64_decode }}", "{{ request.environ }}",
    ],
)  # fmt: skip
def test_no_payload_reads_or_computes_anything(payload: str) -> None:
    try:
        result = merged(payload, "Ann")
    except ContentFaulty:
        return
    assert result in {payload, "now"}


@pytest.mark.parametrize(
    "source",
    [
        "{% if NAME %}" * 100_000,
        "{% if " + "NAME and " * 30_000 + "NAME %}x{% endif %}",
        "{{" * 100_000,
        "{% raw %}" * 20_000,
        "{% doc %}" * 20_000,
        "{{ NAME" + " " * 200_000,
        "x" * 300_000,
        "{% comment %}" * 15_000,
        "{% assign x = '" + "a" * 1_500 + "' %}" + "{% assign x = x | append: x %}" * 5_000 + "{{ x }}",
    ],
)
def test_hostile_templates_end_quickly(source: str) -> None:
    began = time.process_time()
    with pytest.raises((ContentFaulty, MergeFailed)):
        merged(source, "<" * 1_000)
    assert time.process_time() - began < 2.0


def test_a_field_of_ten_megabytes_is_refused_at_once() -> None:
    began = time.process_time()
    with pytest.raises(MergeFailed):
        merged("{{ NAME }}", "x" * (10 * MAX_VALUE))
    assert time.process_time() - began < 0.1


class _Escaping(Output):
    """python-liquid's output, escaped wherever the last filter did not do it: our rule for HTML."""

    def parse(self, stream: TokenStream) -> OutputNode:
        node = super().parse(stream)
        return _EscapingNode(node.token, node.expression)


class _EscapingNode(OutputNode):
    def render_to_output(self, context: RenderContext, buffer: TextIO) -> int:
        shown = to_liquid_string(self.expression.evaluate(context), autoescape=False)
        filters = getattr(self.expression, "filters", None) or []
        is_escaped = bool(filters) and filters[-1].name in {"escape", "escape_once", "url_encode"}
        written: int = buffer.write(shown if is_escaped else html.escape(shown))
        return written


_ORACLE = Environment()
_ORACLE.add_tag(_Escaping)
_library_truncate, _library_truncate_words = _ORACLE.filters["truncate"], _ORACLE.filters["truncatewords"]


def _truncate(value: object, length: int = 50, end: str = "...") -> object:
    """As in Ruby's Liquid, which leaves a text alone that just fits; the oracle shortens it."""
    return str(value) if len(str(value)) == length else _library_truncate(value, length, end)


def _truncate_words(value: object, count: int = 15, end: str = "...") -> object:
    words = str(value).split()
    return " ".join(words) if len(words) == count else _library_truncate_words(value, count, end)


_ORACLE.add_filter("truncate", _truncate)
_ORACLE.add_filter("truncatewords", _truncate_words)

_NAMES = ("NAME", "TOWN", "NOTE")
_text = st.text(st.characters(codec="utf-8", exclude_characters="{}%"), max_size=12)
_literal = st.text("abcXYZ 19<&é", max_size=6).map(lambda text: f"'{text}'")
_value = st.sampled_from(_NAMES) | _literal
_filter = st.sampled_from(
    [
        "upcase", "downcase", "capitalize", "strip", "lstrip", "rstrip", "escape", "url_encode", "size",
        "default: 'none'", "append: 'x'", "prepend: TOWN", "truncate: 5", "truncate: 4, ''", "truncatewords: 2",
    ]
)  # fmt: skip
_expression = st.builds(lambda value, filters: " | ".join([value, *filters]), _value, st.lists(_filter, max_size=3))
_comparison = st.builds(
    lambda left, operator, right: f"{left} {operator} {right}",
    st.sampled_from(_NAMES),
    st.sampled_from(["==", "!=", "<", ">", "<=", ">=", "contains"]),
    _value,
)
_condition = st.one_of(
    st.sampled_from(_NAMES),
    _comparison,
    st.sampled_from(["NAME == blank", "TOWN == empty", "true", "false", "nil"]),
    st.builds(lambda a, op, b: f"{a} {op} {b}", _comparison, st.sampled_from(["and", "or"]), _comparison),
)


def _blocks(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.one_of(
        st.builds(lambda c, a, b: f"{{% if {c} %}}{a}{{% else %}}{b}{{% endif %}}", _condition, inner, inner),
        st.builds(
            lambda c, a, d, b: f"{{% if {c} %}}{a}{{% elsif {d} %}}{b}{{% endif %}}",
            _condition,
            inner,
            _condition,
            inner,
        ),
        st.builds(lambda c, a: f"{{%- unless {c} -%}}{a}{{%- endunless -%}}", _condition, inner),
        st.builds(
            lambda v, a, b: f"{{% case NAME %}}{{% when {v} %}}{a}{{% else %}}{b}{{% endcase %}}",
            _literal,
            inner,
            inner,
        ),
        st.builds(lambda e, a: f"{{% assign NOTE = {e} %}}{a}", _expression, inner),
        st.builds(lambda a, b: a + b, inner, inner),
    )


_template = st.recursive(
    st.one_of(_text, _expression.map(lambda expression: f"{{{{ {expression} }}}}"), st.sampled_from([" ", "\n"])),
    _blocks,
    max_leaves=8,
)


@given(_template, st.lists(st.text(max_size=8), min_size=3, max_size=3))
@settings(max_examples=400, deadline=None)
def test_it_prints_what_python_liquid_prints(source: str, values: list[str]) -> None:
    layout = Layout(_NAMES)
    program = compile_template(source, "html", layout)
    out: list[str] = []
    ops = [_html(op) for op in program.ops]
    run(ops, layout.scope(values, ""), out)
    assert "".join(out) == _ORACLE.from_string(source).render(**dict(zip(_NAMES, values, strict=True)))
    assert _by_steps(ops, layout.scope(values, "")) == "".join(out)


def _by_steps(ops: list[Op], scope: Scope) -> str:
    """What the steps that messages are made by print; a column is taken as it is unless it is to be escaped."""
    simple = [replace(op, column=None) if op.kind is Kind.SLOT and not op.is_escaped else op for op in ops]
    constants = Constants(len(scope) + 1)
    steps = steps_of(simple, constants, len(scope))
    return "".join(whole(steps)([*scope, 0, *constants.pieces()]))


@given(_template, st.lists(st.lists(st.text(max_size=4), min_size=3, max_size=3), min_size=1, max_size=4))
@settings(max_examples=300, deadline=None)
def test_every_way_through_a_program_picks_what_running_it_prints(source: str, people: list[list[str]]) -> None:
    layout = Layout(_NAMES)
    ops = compile_template("<" + source + ">{{ NAME }}", "text", layout).ops
    constants = Constants(layout.size + 1)
    path = path_of(ops, constants)
    if path is None:
        return
    for values in people:
        out: list[str] = []
        run(ops, layout.scope(values, ""), out)
        assert "".join(path([*layout.scope(values, ""), 0, *constants.pieces()])) == "".join(out)


@pytest.mark.parametrize("branches", [1, 2, 2_000])
def test_a_choice_of_any_length_takes_the_branch_that_fits(branches: int) -> None:
    source = "".join(
        f"{{% {'elsif' if number else 'if'} NAME == '{number}' %}}<{{{{ TOWN }}}}{number}>"
        for number in range(branches)
    )
    layout = Layout(COLUMNS)
    program = compile_template(source + "{% else %}none{% endif %}!", "text", layout)
    for name, expected in (("0", "<Ulm0>!"), (str(branches - 1), f"<Ulm{branches - 1}>!"), ("x", "none!")):
        assert _by_steps(list(program.ops), layout.scope([name, "Ulm", "", ""], "")) == expected


def _html(op: Op) -> Op:
    return replace(op, encode=html.escape) if op.kind is Kind.SLOT and not op.is_escaped else op


def test_every_filter_is_total() -> None:
    awkward = [None, True, False, 0, -3, 2.5, "", " ", "x", "-1", "é", "2026-11-22", "%Y"]
    for known in FILTERS.values():
        for value in awkward:
            for count in range(known.least, known.most + 1):
                for argument in awkward:
                    with contextlib.suppress(MergeFailed):
                        known.apply(value, *[argument] * count)
