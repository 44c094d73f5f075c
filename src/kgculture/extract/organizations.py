"""The bodies of one article: which names are one body, what each is."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from functools import lru_cache

from kgculture.extract.bodies import BodyMention
from kgculture.language.kept import KEPT
from kgculture.lexicon import BodyHead
from kgculture.lexicon.places import gazetteer
from kgculture.model import OrganizationFact, Passage

_TOKEN = re.compile(r"[^\W_]+")
_SMALL = frozenset(["of", "and", "the", "for", "in", "on", "at", "to", "a", "и", "по", "в", "на"])


#: How many letters of a word stay the same in every case.
_STEM = 4
#: What such bodies show may be of a whole region ("the Museum of Asian Arts"); they stand in a country all the same.
_SEATED = frozenset({"Museum", "Library", "Theatre", "Archive", "Music", "Film"})


@dataclass(slots=True)
class Body:
    """A body under construction."""

    id: str
    names: list[str]
    head: BodyHead
    head_word: str
    countries: list[str] = field(default_factory=list)
    cities: list[str] = field(default_factory=list)
    venue: bool = False
    ensemble: bool = False
    sector: str | None = None
    plain: bool = False
    own: frozenset[str] = frozenset()  # first letters of each word of the proper name in its name
    ministry: bool = False  # a ministry, or a part of one
    stateless: bool = False  # of no country: of several ("Turkic", "European"), or known as such

    def words(self) -> frozenset[str]:
        return _words(self.names[0])


def _sector(mention: BodyMention) -> str | None:
    """What a body is for: by its head, else by what its name speaks of ("Center for the Support of National Cinema")."""
    found = [i.value.sector for i in mention.inner if isinstance(i.value, BodyHead) and i.value.sector]
    return mention.head.sector or (found[-1] if found else None)


@lru_cache(maxsize=KEPT)
def _words(name: str) -> frozenset[str]:
    return frozenset(w for w in _TOKEN.findall(name.lower()) if w not in _SMALL)


def _like(body: Body, head: BodyHead, word: str) -> bool:
    """Whether a head noun is that of a body, whatever the case: «музей», «музее»."""
    if body.head_word[:5] == word[:5]:
        return True
    short = min(len(word), len(body.head_word))  # «хор», «хором»
    return body.head == head and len(word) <= 6 and body.head_word[:4][:short] == word[:4][:short]


def _holds(a: frozenset[str], b: frozenset[str], head_word: str) -> bool:
    """Whether one name holds the other, by two words at least; the head noun may stand in another form."""
    if len(a & b) == min(len(a), len(b)) >= 2:
        return True
    stem = head_word[:5]
    a, b = (frozenset(stem if stem and w[:5] == stem else w for w in words) for words in (a, b))
    return len(a & b) == min(len(a), len(b)) >= 2


def _is_own(value: object) -> bool:
    return isinstance(value, BodyHead) and value.own


def _nested(a: frozenset[str], b: frozenset[str]) -> bool:
    return a <= b or b <= a


def _of_kind(body: Body, head: BodyHead) -> bool:
    """Whether a mere noun can mean a body known by its own name: "the museum" after "the Hermitage"."""
    return body.head.own and head.sector is not None and body.head.sector == head.sector


class Organizations:
    """The bodies of one article, in order of first mention."""

    def __init__(self) -> None:
        self.all: list[Body] = []
        self.bare: dict[str, str] = {}  # names of bodies known by nothing but their names -> id
        self._by_words: dict[frozenset[str], int] = {}  # words of a name -> place in `all`
        self._by_word: dict[str, set[int]] = {}
        self._latest: dict[tuple[str, BodyHead], Body] = {}  # by the head noun

    def _new(self, body: Body) -> None:
        self.all.append(body)
        self._latest.pop((body.head_word, body.head), None)
        self._latest[body.head_word, body.head] = body  # stands last
        self._named(body, body.names[0])

    def _named(self, body: Body, name: str) -> None:
        place, words = int(body.id.partition("-")[2]) - 1, _words(name)
        self._by_words[words] = min(place, self._by_words.get(words, place))
        for word in words:
            self._by_word.setdefault(word, set()).add(place)
        if not body.head_word:
            self.bare[name] = body.id

    def add(self, mention: BodyMention) -> str:
        """The body that a mention names, known or new; "" for a bare head noun that nothing before explains."""
        if mention.generic:
            latest = self._latest.values()
            known = next((b for b in reversed(latest) if _like(b, mention.head, mention.head_word)), None)
            known = known or next((b for b in reversed(latest) if _of_kind(b, mention.head)), None)
            mention.ref = known.id if known else ""
            return mention.ref
        named = next((i.lower for i in mention.inner if _is_own(i.value)), "")
        own = frozenset(w[:_STEM] for w in named.split())
        body = self._find(mention.name, mention.head_word, mention.head, own)
        if body is not None and own and body.own and not _nested(own, body.own):
            body = None  # "the Astana Opera Theatre", "the Astana Ballet Theatre"
        if (
            body is not None
            and body.countries
            and mention.countries
            and not set(body.countries) & set(mention.countries)
        ):
            body = None  # "Қазақстанның Ұлттық музейі" before, "Кореяның Ұлттық музейі" now
        if body is not None and body.plain and not mention.plain:
            body = None  # "the National Museum" before, "the National Museum of Egyptian Art" now
        if body is None:
            body = Body(
                f"org-{len(self.all) + 1}", [mention.name], mention.head, mention.head_word, sector=_sector(mention)
            )
            body.plain = mention.plain
            body.own = own
            self._new(body)
        elif mention.name not in body.names:
            body.names.append(mention.name)
            self._named(body, mention.name)
        heads = (i.value for i in mention.inner if isinstance(i.value, BodyHead))
        body.ministry = body.ministry or any(h.ministry for h in (mention.head, *heads))
        areas = [r for i in mention.inner for r in i.refs if r.startswith("region-")]
        homes = [home for r in areas if (home := gazetteer().country_of(r))]
        regions = bool(areas) and not homes and mention.head.sector not in _SEATED
        body.stateless = body.stateless or (not mention.countries and (regions or bool(own)))
        body.countries += [c for c in mention.countries if c not in body.countries]
        body.countries += [c for c in homes if not body.countries]
        body.cities += [c for c in mention.cities if c not in body.cities]
        if not body.countries and body.cities:
            home = gazetteer().country_of(body.cities[0])
            body.countries += [home] if home else []
        mention.ref = body.id
        return body.id

    def add_name(self, name: str, ensemble: bool = False, venue: bool = False) -> str:
        """A body known by its bare name only: "Rosconcert", the group "Saltanat"."""
        body = self._find(name)
        if body is None:
            body = Body(f"org-{len(self.all) + 1}", [name], BodyHead(), "")
            self._new(body)
        body.ensemble = body.ensemble or ensemble
        body.venue = body.venue or venue
        return body.id

    def get(self, ref: str) -> Body:
        return self.all[int(ref.partition("-")[2]) - 1]

    def _find(
        self, name: str, head_word: str = "", head: BodyHead | None = None, own: frozenset[str] = frozenset()
    ) -> Body | None:
        words = _words(name)
        if words in self._by_words:
            return self.all[self._by_words[words]]
        if head is None:
            return None
        alike = [b for b in self.all if own and b.own and _nested(own, b.own) and b.head.sector == head.sector]
        if len(alike) == 1:
            return alike[0]  # "the State Hermitage", "the Hermitage"
        shared = Counter(place for word in words for place in self._by_word.get(word, ()))
        fitting = [
            b
            for b in (
                self.all[place]
                for place in sorted(shared)
                if shared[place] > 1 or self.all[place].head_word[:5] == head_word[:5]
            )
            if (_like(b, head, head_word) or head.own or b.head.own)
            and any(_holds(words, _words(n), head_word) for n in b.names)
        ]
        return fitting[0] if len(fitting) == 1 else None

    def facts(self, spans: dict[str, list[Passage]]) -> tuple[OrganizationFact, ...]:
        """The bodies as facts; `spans` are their mentions by id."""
        facts = []
        for body in self.all:
            names = sorted(body.names, key=lambda n: (-len(_words(n)), body.names.index(n)))
            kind = (
                "Ensemble"
                if body.ensemble or body.head.kind == "Ensemble"
                else "Venue"
                if body.venue or body.head.kind == "Venue"
                else "Organization"
            )
            facts.append(
                OrganizationFact(
                    body.id,
                    tuple(names),
                    kind,  # type: ignore[arg-type]
                    body.countries[0] if len(body.countries) == 1 else None,
                    body.cities[0] if body.cities else None,
                    body.sector,
                    mentions=tuple(sorted(set(spans.get(body.id, [])))),
                )
            )
        return tuple(facts)
