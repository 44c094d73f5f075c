"""Which titles and callings of a sentence belong to which name, by their order alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from kgculture.extract import headfinal_titles
from kgculture.extract.document import Sentence
from kgculture.extract.items import Item
from kgculture.lexicon import Lexicon, word_agrees


@dataclass(slots=True)
class Parsed:
    """A sentence with its items merged. `titled[k]`: titles bound to the name item k; `tails[k]`: the last item that belongs to it."""

    sentence: Sentence
    items: list[Item]
    titled: dict[int, list[int]] = field(default_factory=dict)
    called: dict[int, bool] = field(default_factory=dict)
    tails: dict[int, int] = field(default_factory=dict)


def bind_titles(text: str, entry: Parsed, lexicon: Lexicon) -> None:
    """Which titles of a sentence belong to which name, by position only."""
    items = entry.items
    bound: set[int] = set()
    _share_title(items)
    names = [k for k, i in enumerate(items) if i.cls == "M"]
    if not names:
        return
    for k in names:  # a title right before a name is the name's
        before = _previous(items, k, "ct")
        if before == k - 1 >= 1 and items[before].cls == "N" and items[before - 1].cls == "T":
            items[before - 1].value.body.name += f" {text[items[before].start : items[before].end]}"
            before -= 1
        if k >= 2 and items[k - 1].cls == "M" and items[k - 2].cls == "T" and _owned(items, k):
            entry.titled[k] = [k - 2]  # "the spokesman of A | B"
            entry.titled.pop(k - 1, None)
            bound.add(k - 2)
        elif (
            headfinal_titles.leads(items, before, lexicon)
            and not items[k].value.apart
            and not (entry.sentence.is_title and headfinal_titles.two_meet(items, before, lexicon))
        ):
            entry.titled[k] = [before]
            bound.add(before)
            if (
                headfinal_titles.leads(items, before - 1, lexicon)
                and not headfinal_titles.acts(items[before - 1], lexicon)
                and _agree(items[before - 1], items[before])
            ):
                entry.titled[k].append(before - 1)  # "Secretary General of X Ambassador Y"
                bound.add(before - 1)
        elif titles := _before_brackets(items, k):
            entry.titled[k] = titles
            bound.update(titles)
        if k and items[k - 1].cls == "c":
            entry.called[k] = bool(items[k - 1].value)
        elif k > 1 and items[k - 1].cls == "G" and items[k - 2].cls == "c" and "g" in (items[k - 1].cases or "g"):
            entry.called[k] = bool(items[k - 2].value)  # "people's artist of Russia X"
    for k in names:  # a title after a name and a comma
        before_it = entry.titled.get(k) and any(t < k for t in entry.titled[k])
        led = k >= 2 and items[k - 1].cls == "," and items[k - 2].cls == "T" and k - 2 not in bound
        for t in _after(items, k, lexicon):
            goes_on = "".join(i.cls for i in items[t + 1 : t + 3])
            if t in bound or (before_it and goes_on and goes_on[0] != "w" and goes_on != ",w"):
                break  # "Minister X, Rector Y and Z": a title there is of the next
            if led and not items[k - 2].value.plural and [i.cls for i in items[t + 1 : t + 3]] == [",", "M"]:
                break  # "the Minister, X, the Rector, Y": each title stands before its name
            entry.titled.setdefault(k, []).append(t)
            bound.add(t)
    for k in names:  # a title, a comma, a name: "the Minister of Culture, X"; chains: "chairman - minister X"
        first = min(entry.titled.get(k, [k]))
        if first > k:
            continue
        link = _chained(entry, first, bound, started=first < k)
        while link is not None:
            entry.titled.setdefault(k, []).append(link)
            bound.add(link)
            link = _chained(entry, link, bound, started=True)
    for t, item in enumerate(items):  # "the heads of state A and B"
        if item.cls == "T" and item.value.plural and t not in bound:
            tails = _each_of(items, t + 1)
            if tails and not item.value.countries:
                lands = (next(i.refs[0] for i in items[m : last + 1] if i.cls == "G") for m, last in tails.items())
                item.value = replace(item.value, countries=tuple(lands))
                entry.tails.update(tails)
            run = list(tails) or listed(items, t + 1)
            if len(run) == 1 and run[0] == t + 1 and items[run[0]].value.single:
                continue  # "representatives of | Greenpeace"
            for k in run:
                if not entry.titled.get(k):
                    entry.titled[k] = [t]
            if t + 1 < len(items) and items[t + 1].cls == ":":  # "the deputy ministers: A sent X, B sent Y"
                for k in names:
                    if k > t and not entry.titled.get(k):
                        entry.titled[k] = [t]
    for t, item in enumerate(items):
        if item.cls != "T" or t in bound or item.value.plural:
            continue
        ahead = "".join(i.cls for i in items[t + 1 : t + 4])
        more = t + 1 + (ahead == ",aT")  # a comma may stand before the "and"
        if "".join(i.cls for i in items[more : more + 3]) == "aTM" and more + 1 in entry.titled.get(more + 2, ()):
            entry.titled[more + 2].append(t)  # "the Minister of A and Minister of B | X"
            bound.add(t)
    for t, item in enumerate(items):
        if item.cls == "T" and item.value.body is None and item.value.head.complement == "body" and t + 2 < len(items):
            after = items[t + 3].cls if t + 3 < len(items) else "."
            if items[t + 1].cls == "," and items[t + 2].cls == "B" and after in ',;.a)"' and t in bound:
                item.value.body = items[t + 2].value  # "X, Director General, National Museum;"
    for t, item in enumerate(items):
        if item.cls == "T" and t not in bound and (holder := _appointed(items, t, lexicon)) is not None:
            entry.titled.setdefault(holder, []).append(t)
            bound.add(t)
    for k in names:
        _call(entry, k)


def _share_title(items: list[Item]) -> None:
    """ "The presidents of A | X and of B | Y": the country before the second name stands for the whole title."""
    for t, item in enumerate(items):
        ahead = "".join(i.cls for i in items[t + 1 : t + 5])
        if item.cls != "T" or not item.value.plural or ahead != "MaGM" or len(item.value.countries) != 1:
            continue
        land = items[t + 3]
        office = replace(
            item.value, countries=land.refs, plural=False, start=land.start, end=land.end, cases=item.value.cases
        )
        items[t + 3] = replace(land, cls="T", value=office)


def _owned(items: Sequence[Item], k: int) -> bool:
    """Whether of a title and two names in a row the first name only says whose post it is, by the cases."""
    title, owner, holder = items[k - 2 : k + 1]
    return (
        not title.value.plural
        and "g" not in title.cases
        and owner.cases == "g"
        and bool(set(title.cases) & set(holder.cases))
    )


def _agree(a: Item, b: Item) -> bool:
    """Whether two items may stand in one case; so where the cases of one are not known."""
    return not a.cases or not b.cases or bool(set(a.cases) & set(b.cases))


def _before_brackets(items: Sequence[Item], k: int) -> list[int]:
    """Titles before a name that brackets part from it: "the Minister (chairperson of the council) X"."""
    j = k - 1
    if j < 2 or items[j].lower != ")":
        return []
    while j > max(0, k - 8) and items[j].lower != "(":
        j -= 1
    if items[j].lower != "(" or j == 0 or items[j - 1].cls != "T" or items[j - 1].value.plural:
        return []
    return [j - 1, *(t for t in range(j, k) if items[t].cls == "T" and not items[t].value.plural)]


def _appointed(items: Sequence[Item], t: int, lexicon: Lexicon) -> int | None:
    """The name of whom the words before the title at `t` say that he or she took or holds it: "X was appointed Minister of Culture"."""
    if lexicon.settings.get("appointed_after"):
        return headfinal_titles.appointed(items, t, lexicon)
    if (holder := _installed(items, t, lexicon)) is not None:
        return holder
    if items[t].value.plural or (t + 1 < len(items) and items[t + 1].cls == "M"):
        return None
    j = t - 1
    while j >= 0 and items[j].cls == "t":
        j -= 1
    before = " ".join(i.lower for i in items[max(0, j - 4) : j + 1])
    phrase = next((p for p in lexicon.settings.get("appointed", ()) if f" {before}".endswith(f" {p}")), None)
    once = next((p for p in lexicon.settings.get("once", ()) if f" {before}".endswith(f" {p}")), None)
    if once and "n" not in items[t].cases:  # "X was Director of Y", said with a case of its own
        phrase = once
    if phrase is None:
        return None
    k = j + 1
    while k > 0 and len(" ".join(i.lower for i in items[k : j + 1])) < len(phrase):
        k -= 1
    names = [m for m in range(max(0, k - 7), k) if items[m].cls == "M"]
    if len(names) != 1 or any(i.cls in "T" for i in items[names[0] : k]):
        return None
    if phrase == once and items[t].value.status == "Current":
        items[t].value.status = "Former"
    return names[0]


def _installed(items: Sequence[Item], t: int, lexicon: Lexicon) -> int | None:
    """The name after a title and a verb that says who took it: "директором музея назначен X", "пост министра занял X"."""
    if items[t].value.plural or t + 2 >= len(items):
        return None
    verb = next((v for v in lexicon.settings.get("installed", ()) if items[t + 1].lower == v), None)
    at_post = t > 0 and any(word_agrees(w, items[t - 1].lower) for w in lexicon.settings.get("post_nouns", ()))
    if verb is None or not (at_post or items[t].cases == "i" or ("i" in items[t].cases and "n" not in items[t].cases)):
        return None
    k = t + 2
    while k < len(items) and items[k].cls in "cADm" and k - t < 6:
        k += 1
    return k if k < len(items) and items[k].cls == "M" and "n" in (items[k].cases or "n") else None


def _previous(items: Sequence[Item], k: int, over: str) -> int:
    k -= 1
    while k >= 0 and items[k].cls in over:
        k -= 1
    return k


def _after(items: Sequence[Item], k: int, lexicon: Lexicon) -> list[int]:
    """Titles in apposition after the name at `k`: "X, Minister of A and its Minister of B,"."""
    found: list[int] = []
    j = k + 1
    if j < len(items) and items[j].cls in ",(-":
        j += 1
        if j < len(items) and items[j].cls == "q":
            j += 1
    elif j < len(items) and items[j].cls == "q":
        j += 1
    elif not (items[k].value.honorific and j + 1 < len(items) and items[j].cls == "T" and items[j + 1].cls in ",.;a"):
        return found  # else "Mr. X | Director of Y": an honorific before, no comma after
    while j < len(items) and (items[j].cls == "t" or items[j].lower in lexicon.settings.get("possessives", ())):
        j += 1
    j = _over_apposition(items, k, j, lexicon)
    while j < len(items) and items[j].cls == "T" and not items[j].value.plural:
        if j + 1 < len(items) and items[j + 1].cls == "M":
            break  # that title stands before the next name
        found.append(j)
        j += 1
        if j < len(items) and items[j].cls == "a":
            j += 1
            while j < len(items) and items[j].cls in "tw" and j + 1 < len(items) and items[j + 1].cls == "T":
                j += 1
        elif (stop := _goes_on(items, j)) is not None:
            j = stop
        else:
            break
    return found


def _over_apposition(items: Sequence[Item], k: int, j: int, lexicon: Lexicon) -> int:
    """Where a title begins after another apposition of the name at `k`: "X, a known fighter for rights, | member of A".

    Of inflected languages only, where the cases tell that it is one.
    """
    if lexicon.settings.get("link") != "genitive" or j >= len(items) or items[j].cls not in "AncwF":
        return j
    if not items[j].cases or not _agree(items[j], items[k]):
        return j
    stop = j
    while (
        stop < len(items)
        and stop - j < 8
        and (items[stop].cls in "JGf" or (items[stop].cls in "AncwF" and items[stop].cases))
    ):
        stop += 1
    following = items[stop + 1] if stop + 1 < len(items) else None
    if following is None or items[stop].cls not in ",a" or following.cls != "T" or not _agree(following, items[k]):
        return j
    after = items[stop + 2].cls if stop + 2 < len(items) else "."
    return stop + 1 if after in ",.a;)-" or (after == "w" and items[stop].cls == "a") else j


def _goes_on(items: Sequence[Item], j: int) -> int | None:
    """The further title after the comma at `j` that is still the same person's: "X, Minister of A, Chairman of B, received"."""
    k = j + 1
    while k < len(items) and items[k].cls == "t":
        k += 1
    if not (j < len(items) and items[j].cls == "," and k + 1 < len(items) and items[k].cls == "T"):
        return None
    return k if items[k + 1].cls in "w." or [i.cls for i in items[k + 1 : k + 3]] == [",", "w"] else None


def _chained(entry: Parsed, k: int, bound: set[int], started: bool) -> int | None:
    """An unbound title that leads to the name at `k` over a comma or dash, and over bodies of the same title."""
    items = entry.items
    j = k - 1
    if (
        not started
        and j >= 2
        and items[j].cls == "B"
        and items[j - 1].cls == ","
        and items[j - 2].cls == "T"
        and j - 2 not in bound
        and items[j - 2].value.body is None
    ):  # "Director for Relations, the Library of X | Y"
        items[j - 2].value.body = items[j].value
        return j - 2
    while j >= 0 and (items[j].cls == "t" or (items[j].cls == "A" and set(items[j].cases) & set(items[k].cases))):
        j -= 1  # "the leader of A, the experienced | deputy X"
    if j < 0 or items[j].cls not in (',-"' if started else ",-;"):
        return None
    while j >= 0 and (items[j].cls in (',-"atB' if started else ",-;") or (started and items[j].cls in "KN")):
        j -= 1
    if j < 0 or items[j].cls != "T" or j in bound or items[j].value.plural:
        return None
    if not _agree(items[j], items[k]):
        return None  # "welcoming the ambassador, X": another's title
    if (
        j >= 2
        and items[j - 1].cls == ","
        and items[j - 2].cls == "M"
        and not any(t < j - 2 for t in entry.titled.get(j - 2, ()))
    ):
        return None
    if not started and not (k + 1 >= len(items) or items[k + 1].cls in ',.;"-)aD' or items[k + 1].cls in "wn"):
        return None
    return j


def listed(items: Sequence[Item], k: int) -> list[int]:
    """Names that follow one another over commas and "and", from `k` on (a colon or dash may come first)."""
    run: list[int] = []
    if k < len(items) and items[k].cls in ":-,":
        k += 1
    while k < len(items):
        if items[k].cls == "M":
            run.append(k)
            k += 1
        elif items[k].cls in ",at" and run:
            k += 1
        else:
            break
    return run


def _each_of(items: Sequence[Item], k: int) -> dict[int, int]:
    """Names from `k` on that have a country each, and where it ends: "the ministers X of A and Y of B", "… X (A), Y (B)"."""
    run: dict[int, int] = {}
    while k < len(items) and items[k].cls == "M":
        shape = "".join(i.cls for i in items[k + 1 : k + 4])
        length = next((len(s) for s in ("oG", "otG", "(G)") if shape.startswith(s)), 0)
        if not length:
            break
        run[k] = k + length
        k += length + 1
        while k < len(items) and items[k].cls in ",at":
            k += 1
    return run if len(run) > 1 else {}


def _call(entry: Parsed, k: int) -> None:
    """A calling before a list of names goes for all of them: "sculptors A, B and C"; "honored artists, including A, B"."""
    items = entry.items
    if k in entry.called:
        for m in listed(items, k):
            entry.called.setdefault(m, entry.called[k])
        return
    j = k - 1
    while j >= 0 and items[j].cls in ',-:tw"oGJS' and k - j < 7:
        j -= 1
    if j >= 0 and items[j].cls == "c" and k - j < 7 and all(i.cls != "M" for i in items[j:k]):
        gap = [i for i in items[j + 1 : k] if i.cls == "w"]
        if len(gap) <= 2:
            for m in listed(items, k):
                entry.called.setdefault(m, bool(items[j].value))
