"""Who is who within an article: names that belong to one person, and which runs of capitals are persons at all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from kgculture.extract.names import NameMention
from kgculture.language.base import Language, NameReading
from kgculture.lexicon import Lexicon
from kgculture.model import Passage, PersonFact


@dataclass(slots=True)
class Person:
    """A person under construction: all mentions, and the readings that they agree on."""

    id: str
    mentions: list[NameMention] = field(default_factory=list)
    different: dict[tuple[object, ...], NameMention] = field(default_factory=dict)  # of alike mentions the first
    at: set[tuple[int, int]] = field(default_factory=set)  # where they stand
    creator: bool = False

    def forms(self, language: Language, role: str) -> set[str]:
        """Lower-case nominative forms that the words of a role may have, over all mentions that are no bare surname."""
        found: set[str] = set()
        for mention in self.mentions:
            for reading in mention.readings[:3]:
                for word, r in zip(reading.words, reading.roles, strict=True):
                    if r == role:
                        found |= {word.lower(), *language.base_forms(word)}
        return found


class Persons:
    """The persons of one article, in order of first mention. `fits` and `resolve` never guess between two."""

    def __init__(self, language: Language, lexicon: Lexicon) -> None:
        self._language = language
        self._lexicon = lexicon
        self.all: list[Person] = []
        self._places: dict[str, int] = {}  # id -> place in `all`
        self._by_word: dict[str, set[int]] = {}  # word of a name -> places of those who may be called by it

    def add(self, mention: NameMention, creator: bool = False) -> Person:
        """The person whom a full name names: a known one or a new one."""
        person = self.find(mention)
        if person is None:
            person = Person(f"person-{len(self.all) + 1}", creator=creator)
            self._places[person.id] = len(self.all)
            self.all.append(person)
        person.creator = person.creator and creator
        if (mention.start, mention.end) not in person.at:
            person.at.add((mention.start, mention.end))
            person.mentions.append(mention)
            person.different.setdefault((mention.words, mention.honorific, mention.readings), mention)
            for word in _bare(self._language, mention):
                self._by_word.setdefault(word, set()).add(self._places[person.id])
        mention.ref = person.id
        return person

    def find(self, mention: NameMention) -> Person | None:
        """The one known person whom this mention can name, or None if there is none or more than one."""
        places = {k for word in _bare(self._language, mention) for k in self._by_word.get(word, ())}
        fitting = [p for k in sorted(places) if self._same(p := self.all[k], mention)]
        if len(fitting) > 1 and not mention.single:
            exact = [p for p in fitting if any(m.best.words == mention.best.words for m in p.different.values())]
            fitting = exact or fitting
        return fitting[0] if len(fitting) == 1 else None

    def is_called(self, word: str) -> bool:
        """Whether a lower-case word is one of the words of a known person's name."""
        return word in self._by_word

    def _same(self, person: Person, mention: NameMention) -> bool:
        return any(_compatible(self._language, known, mention) for known in person.different.values())

    def get(self, ref: str) -> Person | None:
        """The person of that id."""
        place = self._places.get(ref)
        return None if place is None else self.all[place]

    def facts(self, spans: dict[str, list[Passage]]) -> tuple[PersonFact, ...]:
        """The persons as facts; `spans` are all their mentions by id, pronouns and titles included."""
        return tuple(self._fact(p, spans.get(p.id, [])) for p in self.all)

    def _fact(self, person: Person, spans: list[Passage]) -> PersonFact:
        votes: Counter[tuple[str, ...]] = Counter()
        by_words: dict[tuple[str, ...], NameReading] = {}
        for mention in person.mentions:
            for rank, reading in enumerate(mention.readings[:3]):
                votes[reading.words] += max(0.01, 1.0 + reading.weight / 100 - rank)  # type: ignore[assignment]
                by_words.setdefault(reading.words, reading)
        chosen: list[tuple[str, ...]] = []
        for mention in person.mentions:
            best = max(mention.readings[:3], key=lambda r: (votes[r.words], -mention.readings.index(r)))
            if best.words not in chosen:
                chosen.append(best.words)
        full = max(chosen, key=lambda w: (_weight(by_words[w]), votes[w]))
        reading = by_words[full]
        names = [full, *(w for w in chosen if w != full)]
        return PersonFact(
            person.id,
            tuple(dict.fromkeys(_join(by_words[w]) for w in names)),
            _part(reading, ("surname", "particle")) or _join(reading),
            _part(reading, ("given", "initial")),
            _part(reading, ("patronymic",)),
            "creator" if person.creator else "actor",
            tuple(sorted(set(spans))),
        )


def _weight(reading: NameReading) -> int:
    return sum({"particle": 1, "initial": 2}.get(r, 4) for r in reading.roles)


def _join(reading: NameReading) -> str:
    return " ".join(reading.words)


def _part(reading: NameReading, roles: Iterable[str]) -> str | None:
    words = [w for w, r in zip(reading.words, reading.roles, strict=True) if r in roles]
    return " ".join(words) or None


#: a reading that much less likely than the best says nothing of who is meant: "Wood, Grace" of "Grace Wood"
_FAR = 3.0


def _words(mention: NameMention, role: str) -> frozenset[str]:
    """Words that have a role in one of the likely readings."""
    found = mention.sets.get(role)
    if found is None:
        likely = (r for r in mention.readings[:3] if r.weight >= mention.best.weight - _FAR)
        pairs = (zip(r.words, r.roles, strict=True) for r in likely)
        found = mention.sets[role] = frozenset(w.lower() for pair in pairs for w, x in pair if _role(w, x) == role)
    return found


def _role(word: str, role: str) -> str:
    """The role of a word; a given name cut to its letter is an initial, whatever else the name consists of."""
    return "initial" if role == "given" and word.endswith(".") else role


def _bare(language: Language, mention: NameMention) -> frozenset[str]:
    """All forms that the words of a name may be of. Names that share none cannot be one person's."""
    found = mention.sets.get("")
    if found is None:
        forms = {f for w in mention.words for f in language.base_forms(w)}
        found = mention.sets[""] = frozenset(forms | {w.lower() for r in mention.readings for w in r.words})
    return found


def _compatible(language: Language, a: NameMention, b: NameMention) -> bool:
    """Whether two names of one article can be one person's: surnames agree, given names do not contradict."""
    if a.single or b.single:
        short, long = (a, b) if a.single else (b, a)
        names = _words(long, "surname")
        bare = _bare(language, short)
        return bool(bare & names) or bool(
            bare & _words(long, "given")
            and not _words(long, "patronymic")
            and short.words[-1].lower() not in names
            and (_east(long) or (short.honorific and long.honorific and bool(_words(long, "particle"))))
        )
    if not _words(a, "surname") & _words(b, "surname"):
        return False
    given_a, given_b = _words(a, "given"), _words(b, "given")
    if given_a and given_b:
        return bool(given_a & given_b)
    initials = {w[0] for w in _words(a, "initial") | given_a}, {w[0] for w in _words(b, "initial") | given_b}
    return not all(initials) or bool(initials[0] & initials[1])


def _east(mention: NameMention) -> bool:
    """A name whose surname comes first: its bearer may be called by either word."""
    return mention.best.roles[:1] == ("surname",)


def looks_like_name(mention: NameMention, lexicon: Lexicon) -> bool:
    """Whether a run without any title is a person's name by its words alone: a known given name, or a surname's ending."""
    endings = tuple(lexicon.settings.get("surname_endings", ()))
    if len(mention.words) > 2 and mention.words[-1].lower() in lexicon.settings.get("closing_particles", ()):
        return True  # "X Y-son"
    for reading in mention.readings[:2]:
        for word, role in zip(reading.words, reading.roles, strict=True):
            lower = word.lower()
            if role == "given" and lower in lexicon.given_names:
                return True
            if role == "patronymic" or (role == "surname" and len(lower) > 4 and lower.endswith(endings)):
                return True
    return False
