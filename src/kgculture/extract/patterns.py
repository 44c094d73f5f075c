"""The small language in which the lexicon's rules are written, compiled to regular expressions over a sentence's skeleton.

A skeleton is the sentence in small letters with what is named replaced: `@P0 met with @P1 in @L2 . `. A pattern is a row of elements:

    met            that word                         встрет~       the stem and up to three more letters; `~~`: any number
    (a|b c)        one of these rows                 (a|b)?        … or nothing
    {A:PTO}        one thing named, kept as A        {A:PTO+}      one or a list of them: "X, Y and Z"
    {A:PTO}?       … or nothing
    ..             up to 4 words, no comma           ...           up to 14 words, commas too; neither passes ; or :
    ....           up to 24 words, commas too, nobody named among them
    !word          that word does not follow
    ^              the sentence begins here          $             it ends here (before the full stop)

Kinds: P person, T title that refers to somebody, O body, C country, J adjective of a country, E a people, L city, X region, D date,
Q quotation, N number, M other capitals.
"""

from __future__ import annotations

import re
from functools import lru_cache

from kgculture.errors import ResourceError

_ELEMENT = re.compile(
    r"\{(?P<name>\w+):(?P<kinds>[A-Z]+)(?P<many>\+?)\}(?P<opt>\?)?"
    r"|(?P<open>\()"
    r"|(?P<gap>\.{2,4})(?= |$|\)|\|)"
    r"|(?P<anchor>[\^$])"
    r"|(?P<word>[^\s(){}|]+?)(?P<wopt>\?)?(?=[\s)|]|$)"
)
#: words between: a few without a comma; a clause; what stands between a subject and its verb
_GAPS = {"..": r"(?:(?!@P)[^ ;:,]+ ){0,4}?", "...": r"(?:[^ ;:]+ ){0,14}?", "....": r"(?:(?!@P)[^ ;:]+ ){0,24}?"}
_UNIT_FIRST = re.compile(r"(?:\(\?P<\w+>)?@\[")
_ENDING = r"[^\W\d_]"


def unit(kinds: str) -> str:
    return rf"@[{kinds}]\d+ "


def compile_pattern(pattern: str, joiners: tuple[str, ...], rule: str = "?") -> re.Pattern[str]:
    """The expression of a pattern. `joiners` are what stands between the members of a list. Raises ResourceError for a faulty one."""
    return _compiled(pattern, joiners, rule)[0]


def demands_of(pattern: str, joiners: tuple[str, ...], rule: str = "?") -> tuple[frozenset[str], ...]:
    """What a text must have for the pattern to hold: of each set one, a word as the pattern has it or a kind of unit, `@P`."""
    return _compiled(pattern, joiners, rule)[1]


@lru_cache(maxsize=4096)
def _compiled(pattern: str, joiners: tuple[str, ...], rule: str) -> tuple[re.Pattern[str], tuple[frozenset[str], ...]]:
    try:
        demands: list[frozenset[str]] = []
        expression, rest = _row(pattern.strip(), joiners, set(), demands)
        if rest:
            raise ValueError(f"cannot read {rest!r}")
        # a unit begins a token in any case, and an expression that begins with a letter is found sooner
        begin = "" if _UNIT_FIRST.match(expression) else r"(?<![^ ])"
        return re.compile(begin + expression), tuple(dict.fromkeys(demands))
    except (ValueError, re.error) as error:
        raise ResourceError(f"rule {rule}: {error} in pattern {pattern!r}") from error


def _row(rest: str, joiners: tuple[str, ...], names: set[str], demands: list[frozenset[str]]) -> tuple[str, str]:
    """(expression, what is left) of a row up to its end, `|` or `)`; adds to the demands."""
    out: list[str] = []
    while rest and rest[0] not in "|)":
        if rest[0] == " ":
            rest = rest[1:]
            continue
        match = _ELEMENT.match(rest)
        if not match:
            raise ValueError(f"cannot read {rest[:20]!r}")
        rest = rest[match.end() :]
        if match["name"]:
            out.append(_slot(match, joiners, names))
            if not match["opt"]:
                demands.append(frozenset(f"@{kind}" for kind in match["kinds"]))
        elif match["open"]:
            alternatives: list[str] = []
            within: list[list[frozenset[str]]] = []
            while True:
                within.append([])
                inner, rest = _row(rest, joiners, names, within[-1])
                alternatives.append(inner)
                if not rest:
                    raise ValueError("a bracket is not closed")
                closing, rest = rest[0], rest[1:]
                if closing == ")":
                    break
            optional = rest.startswith("?")
            rest = rest[1:] if optional else rest
            if all(within) and not optional:
                demands += within[0] if len(within) == 1 else [frozenset().union(*(_strictest(w) for w in within))]
            out.append("(?:" + "|".join(alternatives) + ")" + ("?" if optional else ""))
        elif match["gap"]:
            out.append(_GAPS[match["gap"]])
        elif match["anchor"]:
            out.append("^" if match["anchor"] == "^" else r"(?=[.!?…] |$)")
        else:
            if match["word"].startswith("!") and len(match["word"]) > 1:
                out.append(f"(?!{word_expression(match['word'][1:])} )")
                continue
            word = word_expression(match["word"])
            out.append(f"(?:{word} )?" if match["wopt"] else f"{word} ")
            if not match["wopt"]:
                demands.append(frozenset([match["word"]]))
    return "".join(out), rest


def _slot(match: re.Match[str], joiners: tuple[str, ...], names: set[str]) -> str:
    one = unit(match["kinds"])
    if match["many"]:
        joined = "|".join(re.escape(j) for j in sorted(joiners, key=len, reverse=True))
        one = rf"{one}(?:(?:{joined}) {one})*"
    name = match["name"]
    expression = rf"(?P<{name}>{one})" if name not in names else rf"(?P<{name}_{len(names)}>{one})"
    names.add(name if name not in names else f"{name}_{len(names)}")
    return f"(?:{expression})?" if match["opt"] else expression


def _strictest(demands: list[frozenset[str]]) -> frozenset[str]:
    """The demand of a row that few texts fulfil: words rather than kinds of units."""
    return next((d for d in demands if not any(w.startswith("@") for w in d)), demands[0])


def word_expression(word: str) -> str:
    """The expression of a word of a pattern."""
    if word.endswith("~~"):
        return re.escape(word[:-2]) + r"[\w'-]*"
    if "~" in word:
        return re.escape(word).replace(r"\~", "~").replace("~", _ENDING + "{0,3}")
    return re.escape(word)
