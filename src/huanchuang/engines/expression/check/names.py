"""Names, and codes of trees."""

from __future__ import annotations

from huanchuang.engines.expression import operations as ops
from huanchuang.engines.expression import syntax
from huanchuang.engines.expression.check.scope import Scope, type_names
from huanchuang.engines.expression.operations import Node
from huanchuang.engines.expression.problems import Place, hint, nearest
from huanchuang.engines.expression.simplify import settle
from huanchuang.engines.expression.trees import Node as TreeNode
from huanchuang.engines.expression.trees import Tree
from huanchuang.engines.expression.types import YES_NO
from huanchuang.engines.expression.vocabulary import Entry, Fact, Named, Parameter, Relation, folded_name
from huanchuang.engines.expression.words import MOMENTS
from huanchuang.engines.kernel.numerals import CHINESE
from huanchuang.engines.kernel.problem import ProblemError

PERIOD_NAMES = {
    "year": ("年度", "yearly"),
    "half": ("半年度", "half-yearly"),
    "quarter": ("季度", "quarterly"),
    "month": ("月度", "monthly"),
}


def entry_of(scope: Scope, node: syntax.Name) -> Entry:
    """What a name stands for; ProblemError with the nearest known name."""
    found = scope.vocabulary.names.get(folded_name(node.text))
    if found is not None:
        return found
    raise _unknown(scope, node.text, (node.place[0], node.place[0] + len(node.text)))


def _unknown(scope: Scope, word: str, place: Place) -> ProblemError:
    """The error for a name that is none, with the likeliest reason."""
    if scope.relation is not None:
        listed = "、".join(field.zh for field in scope.relation.fields)
        return scope.refuse(
            "unknown-field", place, word=word, relation=scope.relation.zh, relation_en=scope.relation.en,
            listed=listed, listed_en=", ".join(field.key for field in scope.relation.fields),
        )  # fmt: skip
    if word[0] in CHINESE:
        return scope.refuse("chinese-number", place)
    moment = next((moment for moment in MOMENTS if word.startswith(moment)), "")
    if moment and folded_name(word[len(moment) :]) in scope.vocabulary.names:
        return scope.refuse("moment-before", place, name=word[len(moment) :], moment=moment)
    names = [name for entry in scope.vocabulary.names.values() for name in (entry.zh, entry.key)]
    if "-" in word and not nearest(word, names):
        return scope.refuse("minus-spaces", place)
    advice = ("请在指标字典中查找准确的名称", "Look the name up in the dictionary of facts")
    return scope.refuse("unknown-name", place, word=word, **hint(word, names, advice))


def is_unknown(scope: Scope, node: syntax.Syntax) -> bool:
    """Whether it is a lone name that stands for nothing."""
    return isinstance(node, syntax.Name) and folded_name(node.text) not in scope.vocabulary.names


def named(scope: Scope, node: syntax.Name) -> Node:
    """The operation of a name: a parameter, or a fact of its period."""
    found = entry_of(scope, node)
    if isinstance(found, Relation) or node.field:
        raise scope.refuse("relation-alone", node.place, word=node.text)
    if isinstance(found, Parameter | Named) and node.moment is not None:
        raise scope.refuse("moment-of-parameter", node.place, word=node.text)
    if isinstance(found, Named):
        return _term(scope, node, found)
    if isinstance(found, Parameter):
        return settle(ops.Named(type=found.type, place=node.place, parameter=found))
    if scope.relation is not None:
        if node.moment is not None:
            raise scope.refuse("moment-of-timeless", node.place, word=node.text)
        return settle(ops.FactAt(type=found.type, place=node.place, fact=found))
    return _fact(scope, node, found)


def _term(scope: Scope, node: syntax.Name, term: Named) -> Node:
    """A formula with a name; it speaks of its own years, so it has no place inside of a sum over years."""
    if scope.folded:
        raise scope.refuse("term-in-sum", node.place, word=node.text)
    inside = ops.Term(
        type=term.node.type, parts=(term.node,), place=node.place, key=term.key, zh=term.zh, en=term.en
    )
    return settle(inside)


def _fact(scope: Scope, node: syntax.Name, fact: Fact) -> Node:
    moment = node.moment
    if moment is None:
        folded = bool(scope.folded) and fact.period != "none"
        if folded and fact.period != scope.folded:
            raise period_differs(scope, node.place, fact, scope.folded)
        back = 1 if fact.period != "none" else 0
        return settle(ops.Asked(type=fact.type, place=node.place, fact=fact, back=back, is_folded=folded))
    if fact.period == "none":
        raise scope.refuse("moment-of-timeless", node.place, word=node.text)
    if scope.folded:
        raise scope.refuse("moment-in-sum", node.place, word=node.text)
    if moment.kind not in ("", fact.period):
        raise period_differs(scope, node.place, fact, moment.kind)
    asked = ops.Asked(type=fact.type, place=node.place, fact=fact, back=moment.back, fixed=moment.fixed)
    return settle(asked)


def period_differs(scope: Scope, place: Place, fact: Fact, kind: str) -> ProblemError:
    """The error for a fact that is asked for periods of another kind than it has."""
    if fact.period == "none":
        return scope.refuse("timeless-in-sum", place, word=fact.zh, word_en=fact.en)
    own, asked = PERIOD_NAMES[fact.period], PERIOD_NAMES[kind]
    example = {"year": "近3年", "half": "近2半年", "quarter": "近4季度", "month": "近12个月"}
    return scope.refuse(
        "period-differs", place, word=fact.zh, word_en=fact.en, own=own[0], own_en=own[1], asked=asked[0],
        asked_en=asked[1], example=example[fact.period],
    )  # fmt: skip


def among(scope: Scope, node: syntax.Member, value: Node) -> Node:
    """行业代码 属于 26; 企业规模 属于 ("小型", "微型")."""
    if value.type.kind == "text":
        members = frozenset(item.text for item in node.items)
        titles = tuple((item.text, item.text) for item in node.items)
        return ops.Among(
            type=YES_NO, parts=(value,), place=node.place, members=members, known=None, negated=node.negated,
            titles=titles,
        )  # fmt: skip
    if value.type.kind != "code":
        zh, en = type_names(value.type)
        raise scope.refuse("member-of-what", value.place, found=zh, found_en=en)
    tree = _tree(scope, value)
    found = [_code(scope, tree, item) for item in node.items]
    spelled = frozenset().union(*(tree.under(code.code) for code in found))
    return ops.Among(
        type=YES_NO, parts=(value,), place=node.place, members=spelled, known=tree.known, negated=node.negated,
        titles=tuple(_title(code) for code in found),
    )  # fmt: skip


def code_equals(scope: Scope, value: Node, quote: syntax.Quote, negated: bool, place: Place) -> Node:
    """行业代码 = "2641": that very code, none below it."""
    tree = _tree(scope, value)
    found = _code(scope, tree, quote)
    return ops.Among(
        type=YES_NO, parts=(value,), place=place, members=tree.spelled([found.code]), known=tree.known,
        negated=negated, titles=(_title(found),),
    )  # fmt: skip


def _title(code: TreeNode) -> tuple[str, str]:
    # Offices know codes of figures and capitals (26, C, 990101); English words as codes are a matter between programs.
    known = "" if code.zh and code.code.islower() else code.code
    return f"{known} {code.zh}".strip(), f"{known} {code.en or code.zh}".strip()


def _tree(scope: Scope, value: Node) -> Tree:
    tree = scope.vocabulary.trees.get(value.type.tree)
    if tree is None:
        raise scope.refuse("no-tree", value.place, tree=value.type.tree)
    return tree


def _code(scope: Scope, tree: Tree, item: syntax.Quote) -> TreeNode:
    found = tree.find(item.text)
    if found is None:
        advice = ("请查代码表，用其中的代码或名称", "Look the code up in the list, or use its name")
        raise scope.refuse(
            "unknown-code", item.place, word=item.text, tree=tree.name, **hint(item.text, tree.titles, advice)
        )
    return found
