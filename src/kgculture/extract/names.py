"""Names of persons: runs of name-like words, read as given name, patronymic and surname."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from kgculture.extract.items import Item
from kgculture.language.base import Language, NameReading
from kgculture.language.kept import Kept
from kgculture.lexicon import Lexicon, word_agrees

#: A title that may stand in so many cases tells none.
_ANY = 5
#: How much likelier a reading is that another case makes certain.
_CLEARLY = 3.0


#: by the roles of words: whether they are one name, particles and initials aside
_SINGLE: Kept[tuple[str, ...], bool] = Kept(lambda roles: sum(r not in ("particle", "initial") for r in roles) == 1)


@dataclass(slots=True)
class NameMention:
    """A run of items that may name a person; `words` as in the text, `readings` best first."""

    words: tuple[str, ...]
    readings: tuple[NameReading, ...]
    start: int
    end: int
    honorific: bool = False
    ref: str = ""
    apart: bool = False  # the title before it stands in another case: it is somebody else's
    sets: dict[str, frozenset[str]] = field(
        default_factory=dict, init=False, compare=False, repr=False
    )  # kept by who compares names

    @property
    def best(self) -> NameReading:
        return self.readings[0]

    @property
    def single(self) -> bool:
        return _SINGLE[self.readings[0].roles]


#: Classes of items with which a run may begin.
_BEGINS = "mNipK"


def find_names(text: str, items: list[Item], language: Language, lexicon: Lexicon) -> list[Item]:
    """The items with every candidate run merged into one item of class `M` whose value is a NameMention."""
    merged: list[Item] = []
    sayers = tuple(lexicon.settings.get("nominative_after", ())) or ("\0",)
    i = 0
    while i < len(items):
        titled = items[i].cls == "L" and i > 0 and items[i - 1].cls in "Tc"
        stop = _run(items, i, lexicon) if titled or items[i].cls in _BEGINS else None
        if stop is None:
            merged.append(items[i])
            i += 1
            continue
        i = _after_body(items, i, stop, merged, lexicon)
        owned = _owner(text, items, i, stop, merged, language)
        stop = i if owned else stop
        run = [k for k in items[i : stop + 1] if k.cls != "m" and k.lower != "."]
        words = tuple(_as_written(text[k.start : k.end], k) for k in run)
        case = merged[-1].cases if merged and merged[-1].cls in "Tc" else ""
        if merged and merged[-1].cls == "w" and merged[-1].lower.startswith(sayers):
            case = "n"  # "stressed X"
        if len(case) >= _ANY and [m.cls for m in merged[-3:-1]] == ["M", "a"]:
            case = merged[
                -3
            ].cases  # "of the minister X and the pro tem Y": the title does not decline, the list has one case
        if owned:
            case = "g"
        readings = language.readings(words, case)
        apart = False
        if case and len(case) < _ANY and readings:
            free = language.readings(words)
            if free[0].weight - readings[0].weight > _CLEARLY and free[0].case not in (*case, "n"):
                readings, apart = (
                    free,
                    True,
                )  # "the wife of the president | X": the case tells that the title is another's
        if not readings:
            merged += items[i : stop + 1]
        else:
            start, end = items[i].start, run[-1].end
            honorific = any(k.cls == "m" for k in items[i : stop + 1])
            called = _honorific_after(items, stop + 1, lexicon)
            stop += bool(called)
            honorific = honorific or bool(called)
            mention = NameMention(words, tuple(readings), start, end, honorific, apart=apart)
            merged.append(
                Item(
                    items[i].first,
                    items[stop].last,
                    "M",
                    " ".join(k.lower for k in run),
                    start,
                    end,
                    (),
                    mention,
                    True,
                    language.cases(called) if called else readings[0].case,
                )
            )
        i = stop + 1
    return merged


def _owner(text: str, items: Sequence[Item], i: int, stop: int, merged: Sequence[Item], language: Language) -> bool:
    """Whether the first of three words after a title is another's surname in the genitive: "пресс-секретарь Громова | Иван Орлов"."""
    if stop - i != 2 or not merged or merged[-1].cls != "T" or "g" in merged[-1].cases or not items[i + 1].given:
        return False
    if items[i].given or "g" not in items[i].cases or any(k.cls not in "NK" for k in items[i : stop + 1]):
        return False
    first, *words = (text[k.start : k.end] for k in items[i : stop + 1])
    holder = language.readings(words, merged[-1].cases)
    return bool(holder) and not any(
        r.case == holder[0].case and r.gender == holder[0].gender for r in language.readings([first])
    )


def _honorific_after(items: Sequence[Item], k: int, lexicon: Lexicon) -> str:
    """The word of honour after a name that carries its case, as it stands: "X мырзамен"; "" for none."""
    words: Sequence[str] = lexicon.settings.get("honorifics_after", ())
    known = k < len(items) and any(word_agrees(w, items[k].lower) for w in words)
    return items[k].lower if known else ""


def _as_written(word: str, item: Item) -> str:
    """A word of a name; one in capitals as others are written: "Anna PETROVA"."""
    return word.title() if item.cls == "N" and len(word) > _ANY and word.isupper() else word


def _run(items: Sequence[Item], i: int, lexicon: Lexicon) -> int | None:
    """Last item of a run of name words that begins at `i`: at most five and particles, one of them surely name-like."""
    k = i
    while k < len(items) and items[k].cls == "m":
        k += 1
    begin, words, sure = k, 0, 0
    while k < len(items) and words < 5 and k - begin < 10:
        item = items[k]
        cls = item.cls
        follower = items[k + 1].cls if k + 1 < len(items) else ""
        if words and lexicon.settings.get("link") == "before" and _has_ended(items, k, words, lexicon):
            break
        if words >= 2 and cls == follower == "N" and item.given and _in_another_case(items[begin:k], item):
            break
        if cls == "N":
            sure += 1
        elif cls == "i":
            if words and follower not in ("N", "i") and items[k - 1].cls != "i" and items[k - 1].cls != "N":
                break
        elif cls == "p":
            named = follower == "N" or (follower == "K" and items[k + 1].capital)
            if not (item.capital or words) or not (named or (words and items[k - 1].cls in "NA")):
                break
            if (
                words
                and not item.capital
                and not named
                and follower != "p"
                and item.lower not in lexicon.settings.get("closing_particles", ())
            ):
                break
        elif cls in "AK" and item.capital and words and items[k - 1].cls == "i":
            sure += 1  # "А. С. Белой"
        elif cls == "K" and item.capital and words and items[k - 1].cls == "p":
            sure += 1  # "Al Said", "Nguyen Van Hung"
        elif (
            cls in "AKc"
            and item.capital
            and words
            and items[k - 1].cls == "N"
            and _may_be_surname(items, k, begin, lexicon)
        ):
            pass
        elif (
            cls == "K"
            and item.capital
            and not words
            and (follower == "N" or (follower == "p" and k + 2 < len(items) and items[k + 2].capital))
            and (item.given or (k and items[k - 1].cls in "Tmc") or _in_list(items, k) or _titled_after(items, k))
        ):
            pass
        elif cls == "L" and not words and follower == "N" and k and items[k - 1].cls in "mTc":
            pass  # a city's name as a given name, after a title: "Ms Florence Dupont"
        elif cls == "L" and words == 1 and begin and items[begin - 1].cls in "mT" and _is_surname(items, k, lexicon):
            pass  # a city's name as a surname: "Director Lucia Verona"
        else:
            break
        if item.end - item.start == 0:
            break
        words += cls != "p" or not words
        k += 1
    if not sure or k == begin:
        return None
    while (
        k > begin
        and items[k - 1].cls == "p"
        and items[k - 1].lower not in lexicon.settings.get("closing_particles", ())
    ):
        k -= 1
    return k - 1


def _in_another_case(run: Sequence[Item], item: Item) -> bool:
    """Whether a given name stands in no case that the words before it can have: "at a meeting with | X | Y said", no comma between."""
    if not item.cases:
        return False
    first = set(run[0].cases)
    oblique = (
        not run[0].given and len(first) == 2 and "n" in first and "n" in item.cases
    )  # an unknown name may be indeclinable
    return oblique or any(i.cls == "N" and i.cases and not set(i.cases) & set(item.cases) for i in run)


def _has_ended(items: Sequence[Item], k: int, words: int, lexicon: Lexicon) -> bool:
    """Whether a name ends before item `k`, where no preposition parts two names: it carries a case, or a surname and a given name meet."""
    before = items[k - 1]
    if before.cls in "NKA" and before.cases and "n" not in before.cases:
        return True
    ends = tuple(lexicon.settings.get("surname_endings", ()))
    closing = lexicon.settings.get("surname_closes", "(?!)")
    if words >= 2 and re.search(f"{closing}$", before.lower):
        return True
    oblique = items[k].cases and "n" not in items[k].cases and not items[k].given
    if words == 1 and oblique and re.search(f"{closing}$", before.lower) and re.search(closing, items[k].lower):
        return True  # "Тоқаев | Мирзиёевпен"
    if words == 2 and items[k].given and k + 1 < len(items) and items[k + 1].cls == "N":
        return bool(items[k + 1].cases) and "n" not in items[k + 1].cases  # "A B | C D-мен келіссөз жүргізді"
    return words >= 2 and before.cls == "N" and before.lower.endswith(ends) and items[k].given


def _in_list(items: Sequence[Item], k: int) -> bool:
    """A two-word member of an enumeration: ", Amen Khaidarov and"."""
    return (
        k > 1
        and items[k - 1].cls in ",a"
        and k + 2 < len(items)
        and items[k + 2].cls in ",a."
        and items[k - 2].cls == "N"
    )


def _titled_after(items: Sequence[Item], k: int) -> bool:
    """Two words before an office in apposition: "Chase Robinson, Director of …"."""
    ahead = "".join(i.cls for i in items[k + 1 : k + 5])
    return ahead.startswith(("N,T", "N,tT")) and items[k + 1].capital and not (k and items[k - 1].cls in "NKFHAJG")


def _after_body(items: Sequence[Item], i: int, stop: int, merged: list[Item], lexicon: Lexicon) -> int:
    """Where a name begins after a title with a body: "State Concert Organization Kazakhconcert | Erlan Dakenov"."""
    if stop - i != 2 or not merged or merged[-1].cls != "T" or merged[-1].value.body is None:
        return i
    first, second = items[i].lower, items[i + 1].lower
    if first in lexicon.given_names or second not in lexicon.given_names or items[i].cls != "N":
        return i
    merged.append(items[i])
    return i + 1


def _is_surname(items: Sequence[Item], k: int, lexicon: Lexicon) -> bool:
    """Whether the city `k` after a title and one name is the surname: nothing that begins a name follows, and the cases agree."""
    name, city = items[k - 1], items[k]
    if name.cls != "N" or (k + 1 < len(items) and items[k + 1].cls in "KFHN" and items[k + 1].capital):
        return False
    if lexicon.settings.get("link") == "before":  # "министр Балаева Баку қаласында" names the city
        return name.given or city.cases == "i"
    others = (i.cases for i in (name, items[k - 2]) if i.cases)  # the title's case as well: names may be indeclinable
    return not city.cases or all(set(city.cases) & set(cases) for cases in others)


def _may_be_surname(items: Sequence[Item], k: int, begin: int, lexicon: Lexicon) -> bool:
    """A dictionary word after a given name: `Швыдкой`, `Young`; not at the end of a longer run."""
    if k - begin > 2:
        return False
    if k - begin == 1 and items[begin].lower in lexicon.east_surnames:
        return True
    if items[k].cls == "A":
        return True
    if k - begin == 1 and begin and items[begin - 1].cls == "T" and not items[begin - 1].value.plural:
        return not (
            k + 1 < len(items) and items[k + 1].cls in "KFHNA" and items[k + 1].capital
        )  # "послом Ильмаром Ора"
    known = items[k - 1].given or (
        k - begin == 2 and (items[begin].given or items[begin].lower in lexicon.east_surnames)
    )
    return known and not (k + 1 < len(items) and items[k + 1].cls in "KFHN" and items[k + 1].capital)
