"""Reads the words into a shape. Loosest first: or, and, not, comparison, + -, * /, sign, value.

    年销售收入 >= 5000万元 且 非 严重失信
    if(职工总数 <= 10人, 5万元, cap(研发费用 * 10%, 100万元))

Never fails but with a ProblemError that names the place; depth and length are bounded.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from fractions import Fraction
from typing import TypeVar

from huanchuang.engines.expression import words
from huanchuang.engines.expression.problems import Source, hint
from huanchuang.engines.expression.syntax import (
    Amount,
    Argument,
    AsOf,
    Binary,
    Call,
    Day,
    Known,
    Last,
    Member,
    Moment,
    Name,
    Quote,
    Syntax,
    Truth,
    Unary,
    inner,
)
from huanchuang.engines.expression.tokens import Lexer, Token

MOST_CHARACTERS = 10_000
MOST_DEPTH = 40
MOST_LINKS = 80
COMPARISONS = (">=", "<=", ">", "<", "=", "!=")
_LEVELS: tuple[tuple[str, ...], ...] = (("or",), ("and",), COMPARISONS, ("+", "-"), ("*", "/"))
_NOT_LEVEL = 2
Deeper = TypeVar("Deeper")


def parse(source: Source, names: Collection[str] = ()) -> Syntax:
    """The shape of an expression; `names` are the folded names of the vocabulary."""
    if not source.text.strip():
        raise source.refuse("empty", (0, 0))
    if len(source.text) > MOST_CHARACTERS:
        raise source.refuse("long-text", (0, 0), most=MOST_CHARACTERS)
    parser = _Parser(source, tuple(Lexer(source, names).tokens()))
    found = parser.value()
    parser.finish()
    if _depth(found) > MOST_LINKS:
        raise source.refuse("too-long-chain", found.place, most=MOST_LINKS)
    return found


def _depth(tree: Syntax) -> int:
    """How many levels the shape has; a long chain of additions is deep too."""
    levels, row = 0, [tree]
    while row:
        levels, row = levels + 1, [part for node in row for part in inner(node)]
    return levels


class _Parser:
    def __init__(self, source: Source, tokens: tuple[Token, ...]) -> None:
        self.source = source
        self.tokens = tokens
        self.index = 0
        self.depth = 0

    @property
    def here(self) -> Token:
        return self.tokens[self.index]

    def step(self) -> Token:
        token = self.tokens[self.index]
        self.index += token.kind != "end"
        return token

    def at_sign(self, *signs: str) -> bool:
        return self.here.kind == "sign" and self.here.word in signs

    def finish(self) -> None:
        """Nothing may stand behind the expression."""
        if self.here.kind == "end":
            return
        if self.at_sign(")"):
            raise self.source.refuse("stray-bracket", self.here.place)
        if self.at_sign(",", ":"):
            raise self.source.refuse("stray-comma", self.here.place)
        if self.at_sign("else"):
            raise self.source.refuse("stray-else", self.here.place)
        raise self.source.refuse("operator-expected", self.here.place)

    def value(self, level: int = 0) -> Syntax:
        """An expression of a level of binding; 0 is the loosest."""
        if level == len(_LEVELS):
            return self.signed()
        if level == _NOT_LEVEL and self.at_sign("not"):
            start = self.step().place[0]
            inside = self.deeper(lambda: self.value(_NOT_LEVEL))
            return Unary("not", inside, (start, self.end()))
        left = self.value(level + 1)
        if _LEVELS[level] == COMPARISONS:
            return self.compared(left)
        while self.at_sign(*_LEVELS[level]):
            sign = self.step()
            right = self.value(level + 1)
            left = Binary(sign.word, left, right, (left.place[0], self.end()), sign.place)
        return left

    def compared(self, left: Syntax) -> Syntax:
        """A comparison, membership or question whether it is known; a second comparison behind it is a mistake."""
        if self.at_sign("is known", "is unknown"):
            word = self.step().word
            return Known(left, word == "is unknown", (left.place[0], self.end()))
        if self.at_sign("in", "not in"):
            word = self.step().word
            return Member(left, self.items(), word == "not in", (left.place[0], self.end()))
        if not self.at_sign(*COMPARISONS):
            return left
        sign = self.step()
        right = self.value(_NOT_LEVEL + 1)
        if self.at_sign(*COMPARISONS):
            raise self.source.refuse("chained", (left.place[0], self.here.place[1]))
        return Binary(sign.word, left, right, (left.place[0], self.end()), sign.place)

    def signed(self) -> Syntax:
        if self.at_sign("-"):
            start = self.step().place[0]
            inside = self.deeper(self.signed)
            return Unary("-", inside, (start, self.end()))
        return self.single()

    def single(self) -> Syntax:
        """A literal, name, call or bracket."""
        token = self.here
        literal = self.literal(token)
        if literal is not None:
            self.step()
            return literal
        if token.kind == "name":
            return self.named()
        if self.at_sign("("):
            return self.bracket()
        if token.kind == "moment":
            raise self.source.refuse("stray-moment", token.place)
        if token.kind == "end":
            raise self.source.refuse("ends-early", token.place)
        raise self.source.refuse("stray-else" if token.word == "else" else "value-expected", token.place)

    def literal(self, token: Token) -> Syntax | None:
        """The value that a single word is, if it is one."""
        match token.kind, token.word:
            case "number", unit:
                return Amount(Fraction(token.value), unit, token.scaled, token.place)
            case "date", _:
                return Day(int(token.value), token.place)
            case "text", text:
                return Quote(text, token.place)
            case "last", kind:
                return Last(kind, int(token.value), token.place)
            case "sign", ("yes" | "no") as word:
                return Truth(word == "yes", token.place)
            case "sign", "as_of":
                return AsOf(token.place)
        return None

    def bracket(self) -> Syntax:
        opening = self.step()
        inside = self.deeper(self.value)
        if self.at_sign(","):
            raise self.source.refuse("list-here", self.here.place)
        self.close(opening)
        return inside

    def close(self, opening: Token) -> None:
        if not self.at_sign(")"):
            if self.here.kind != "end" and not self.at_sign(",", ":"):
                raise self.source.refuse("operator-expected", self.here.place)
            raise self.source.refuse("open-bracket", opening.place)
        self.step()

    def named(self) -> Syntax:
        name = self.step()
        if self.at_sign("("):
            return self.call(name)
        if self.at_sign("@"):
            self.step()
            moment = self.moment()
            return Name(name.word, (name.place[0], self.end()), moment)
        if self.at_sign("."):
            self.step()
            if self.here.kind != "name":
                raise self.source.refuse("field-expected", self.here.place)
            return Name(name.word, (name.place[0], self.here.place[1]), field=self.step().word)
        return Name(name.word, name.place)

    def moment(self) -> Moment:
        """Behind @: a word such as 上年, a year such as 2024年, or how many periods back (-2)."""
        token = self.here
        if token.kind == "moment":
            self.step()
            return Moment(token.word, int(token.value), token.place)
        if token.kind == "number" and token.word in ("年", "") and 1900 <= token.value <= 2199:
            self.step()
            return Moment("year", 0, token.place, int(token.value))
        if self.at_sign("-") and self.tokens[self.index + 1].kind == "number":
            start = self.step().place[0]
            back = self.step()
            place = (start, back.place[1])
            if back.value in range(1, words.MOST_PERIODS + 1) and not back.word:
                return Moment("", int(back.value), place)
            raise self.source.refuse("moment-expected", place)
        raise self.source.refuse("moment-expected", token.place)

    def call(self, name: Token) -> Syntax:
        function = words.FUNCTIONS.get(name.word.lower())
        if function is None:
            advice = (
                "请用已有的函数，例如 sum（合计）、band（分档）",
                "Use one of the functions, such as sum or band",
            )
            raise self.source.refuse(
                "unknown-function", name.place, word=name.word, **hint(name.word, words.FUNCTIONS, advice)
            )
        opening = self.step()
        arguments: list[Argument] = []
        while not self.at_sign(")"):
            arguments.append(self.deeper(self.argument))
            if self.at_sign(","):
                self.step()
            elif not self.at_sign(")"):
                self.close(opening)
        self.close(opening)
        return Call(name.word, function, tuple(arguments), (name.place[0], self.end()))

    def argument(self) -> Argument:
        """`value`, `key: value` or `else: value`."""
        start = self.here.place[0]
        if self.at_sign("else"):
            word = self.step()
            if not self.at_sign(":"):
                raise self.source.refuse("else-colon", word.place)
            self.step()
            found = self.value()
            return Argument(found, (start, self.end()), is_else=True)
        first = self.value()
        if not self.at_sign(":"):
            return Argument(first, (start, self.end()))
        self.step()
        found = self.value()
        return Argument(found, (start, self.end()), first)

    def items(self) -> tuple[Quote, ...]:
        """Codes and texts behind 属于: one, or several in brackets."""
        if not self.at_sign("("):
            return (self.item(),)
        opening = self.step()
        found = [self.item()]
        while self.at_sign(","):
            self.step()
            found.append(self.item())
        self.close(opening)
        return tuple(found)

    def item(self) -> Quote:
        token = self.here
        if token.kind in ("text", "name", "number"):
            self.step()
            text = token.word if token.kind == "text" else self.source.text[slice(*token.place)]
            return Quote(text.strip(), token.place)
        raise self.source.refuse("code-expected", token.place)

    def deeper(self, read: Callable[[], Deeper]) -> Deeper:
        """Reads one level further in; refuses what is nested too deeply."""
        self.depth += 1
        if self.depth > MOST_DEPTH:
            raise self.source.refuse("too-deep", self.here.place, most=MOST_DEPTH)
        found = read()
        self.depth -= 1
        return found

    def end(self) -> int:
        """Where the last word that was read ends."""
        return self.tokens[self.index - 1].place[1] if self.index else 0
