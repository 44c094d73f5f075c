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
_ENDING = r"[^\W\d_]"


def unit(kinds: str) -> str:
    return rf"@[{kinds}]\d+ "


@lru_cache(maxsize=4096)
def compile_pattern(pattern: str, joiners: tuple[str, ...], rule: str = "?") -> re.Pattern[str]:
    """The expression of a pattern. `joiners` are what stands between the members of a list. Raises ResourceError for a faulty one."""
    try:
        expression, rest = _row(pattern.strip(), joiners, set())
        if rest:
            raise ValueError(f"cannot read {rest!r}")
        return re.compile(r"(?<![^ ])" + expression)
    except (ValueError, re.error) as error:
        raise ResourceError(f"rule {rule}: {error} in pattern {pattern!r}") from error


def _row(rest: str, joiners: tuple[str, ...], names: set[str]) -> tuple[str, str]:
    """(expression, what is left) of a row up to its end, `|` or `)`."""
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
        elif match["open"]:
            alternatives: list[str] = []
            while True:
                inner, rest = _row(rest, joiners, names)
                alternatives.append(inner)
                if not rest:
                    raise ValueError("a bracket is not closed")
                closing, rest = rest[0], rest[1:]
                if closing == ")":
                    break
            optional = rest.startswith("?")
            rest = rest[1:] if optional else rest
            out.append("(?:" + "|".join(alternatives) + ")" + ("?" if optional else ""))
        elif match["gap"]:
            out.append(_GAPS[match["gap"]])
        elif match["anchor"]:
            out.append("^" if match["anchor"] == "^" else r"(?=[.!?…] |$)")
        else:
            if match["word"].startswith("!") and len(match["word"]) > 1:
                out.append(f"(?!{_word(match['word'][1:])} )")
                continue
            word = _word(match["word"])
            out.append(f"(?:{word} )?" if match["wopt"] else f"{word} ")
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


def _word(word: str) -> str:
    if word.endswith("~~"):
        return re.escape(word[:-2]) + r"[\w'-]*"
    if "~" in word:
        return re.escape(word).replace(r"\~", "~").replace("~", _ENDING + "{0,3}")
    return re.escape(word)
