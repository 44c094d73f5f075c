"""Who a document is between, and who signed it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from kgculture.extract.agreement_drafts import Draft
from kgculture.extract.context import Context
from kgculture.extract.documents import beside, capitals, joined_before, of_two, setting
from kgculture.extract.frames import Match
from kgculture.extract.office_titles import OfficeMention
from kgculture.extract.skeleton import Skeleton, Unit
from kgculture.lexicon import alternatives, is_one_of
from kgculture.model import MeetingFact, Ref

_PLACEHOLDER = re.compile(r"@[A-Z](\d+)")


class Parties:
    """Finds parties and signatories of an article's documents."""

    def __init__(self, context: Context, homes: Mapping[Ref, Ref] | None = None) -> None:
        self.context = context
        self._homes = homes or {}
        self.code = context.lexicon.code
        data = context.lexicon.rules.get("agreements") or {}
        self._breaks: tuple[str, ...] = tuple(data.get("breaks", ()))
        self._circumstance = frozenset(data.get("circumstance", ()))
        self._circumstance_after = frozenset(data.get("circumstance_after", ()))
        self._around = self._circumstance - set(data.get("stays", ()))  # of persons: "during the visit | X signed"
        self._filler = frozenset(data.get("filler", ()))
        self._joining = frozenset(data.get("joining", ()))
        self._governments: tuple[str, ...] = tuple(data.get("governments", ()))
        self._houses: tuple[str, ...] = tuple(data.get("houses", ()))
        owners = alternatives(tuple(data.get("owners", ())))
        #: a country before what is its own: "Kazakhstan 's | the museum"
        self._owned = re.compile(rf"@[CXL]\d+ (?:{owners}) (?=(?:[^ @,;:]+ )?@O\d+ )")
        self._posts: dict[Ref, OfficeMention | None] = {}  # the post by which a person speaks for a body
        self._beside = beside(self.context, data.get("beside", ()))

    # ---------------------------------------------------------------------------------------------------- who acts

    def actors(self, match: Match) -> list[Unit]:
        """Persons, bodies and countries that do what the match says: before its verb, after it, and those it keeps itself."""
        skeleton = match.skeleton
        side = match.rule.get("subject", "before")
        found: list[Unit] = list(match.units("S"))
        if side in ("before", "both"):
            found += self._before(skeleton, match.match.start())
        if side in ("after", "both"):
            found += self._after(skeleton, match.match.start(), match.match.end())
        return [unit for k, unit in enumerate(found) if unit not in found[:k]]

    def _before(self, skeleton: Skeleton, stop: int) -> list[Unit]:
        """Units before a verb, back to a word that breaks the clause."""
        tokens = self._plain(skeleton.text[:stop])
        first = 0
        for k, token in enumerate(tokens):
            if token in ";:" or is_one_of(token, self._breaks):
                first = k + 1
        return self._doers(skeleton, tokens, first, len(tokens))

    def _after(self, skeleton: Skeleton, start: int, stop: int) -> list[Unit]:
        """Units in a match and right after it, up to a word that breaks the clause."""
        tokens = self._plain(skeleton.text)
        first, last = skeleton.text.count(" ", 0, start), len(tokens)
        end = skeleton.text.count(" ", 0, stop)
        for k in range(first, last):
            if k >= end and (tokens[k] in ";:" or is_one_of(tokens[k], self._breaks)):
                last = k
                if tokens[k - 2] == "," and _PLACEHOLDER.fullmatch(tokens[k - 1]):
                    last = k - 2  # ", X told reporters"
                break
        return self._doers(skeleton, tokens, first, last)

    def _plain(self, text: str) -> list[str]:
        """The tokens of a skeleton's text, a country before what is its own only as a word."""
        return self._owned.sub(lambda m: "_ " * m.group().count(" "), text).split()

    def _doers(self, skeleton: Skeleton, tokens: Sequence[str], first: int, last: int) -> list[Unit]:
        found: list[Unit] = []
        aside: Unit | None = None  # the last one that is a circumstance: what is joined to it is one, too
        for k in range(first, last):
            hit = _PLACEHOLDER.fullmatch(tokens[k])
            if not hit:
                continue
            unit = skeleton.units[int(hit[1])]
            if unit.kind not in "PTOC":
                continue
            before = tokens[k - 1] if k else ""
            if before in self._filler and k > 1 and not _PLACEHOLDER.fullmatch(tokens[k - 2]) and tokens[k - 2] != ",":
                before = tokens[k - 2]
            joined = k > 1 and tokens[k - 1] in self._joining and _PLACEHOLDER.fullmatch(tokens[k - 2]) is not None
            with_it = aside is not None and joined and (aside.kind in "PT") == (unit.kind in "PT")
            after = tokens[k + 1] if k + 1 < len(tokens) else ""
            if (
                before in (self._around if unit.kind in "PT" else self._circumstance)
                or after in self._circumstance_after
                or with_it
                or (unit.kind in "OC" and not self._may_do(unit))
            ):
                aside = unit
                continue
            aside = None
            found.append(unit)
        return found

    def _may_do(self, unit: Unit) -> bool:
        """Whether a body or country stands in a case in which it may be the doer; yes where the language has no cases."""
        case = getattr(unit.value, "case", "")
        return not case or "n" in case

    # ------------------------------------------------------------------------------------------------------ parties

    def settle(
        self,
        draft: Draft,
        skeleton: Skeleton,
        region: tuple[int, int],
        actors: Sequence[Unit],
        signs: bool,
        host: MeetingFact | None,
    ) -> None:
        """Parties of a draft by its sentence: named ones, else those for whom its actors act, else "the two countries"."""
        self.sign(draft, actors if signs else [])
        piece = self._owned.sub("", skeleton.text[slice(*region)])
        after = skeleton.text[region[0] : region[1]]
        if signs:
            self.sign(draft, [u for u in self._units(skeleton, after, "signs_with", "Y") if u.kind in "PT"])
        both = self._two_bodies(skeleton, piece)
        if both:
            draft.parties, draft.certain = both, True
            return
        named = self._captured(skeleton, piece, "parties", "X") or capitals(
            self.context, self._units(skeleton, piece, "capitals", "X")
        )
        if named:
            draft.parties, draft.certain = named, True
            for unit in self._units(skeleton, piece, "parties", "X"):
                if unit.kind in "PT":
                    self.sign(draft, [unit])
            return
        behalf = self._captured(skeleton, skeleton.text, "behalf", "X", every=True)
        if len(behalf) >= 2:
            draft.parties, draft.certain = behalf, True
            return
        acting = self._acting(actors)
        others = self._captured(skeleton, after, "with", "Y")
        if others and acting:
            draft.parties = [*acting, *(r for r in others if r not in acting)]
            draft.certain = True
        else:
            draft.parties = acting
        if len(draft.parties) < 2 and self._speaks_of_pair(skeleton):
            pair = self.pair()
            if set(draft.parties) <= set(pair):
                draft.parties = list(pair)
        if len(draft.parties) < 2:
            before = self._bodies_before(skeleton)
            draft.parties = before if set(draft.parties) <= set(before) else draft.parties
        if len(draft.parties) < 2 and host is not None:
            sides = [self.stands_for(r) for r in host.participants]
            countries = list(dict.fromkeys(s for s in sides if s))
            if len(countries) == 2 and set(draft.parties) <= set(countries):
                draft.parties = countries
            elif host.session_of:
                own = list(self.context.organizations.get(host.session_of).countries)
                draft.parties = own if len(own) == 2 else draft.parties
        if len(draft.parties) < 2:
            draft.parties = of_two(skeleton, piece) or draft.parties
        if len(draft.parties) < 2:
            for unit in skeleton.of_kind("O"):
                body = self.context.organizations.get(unit.refs[0])
                if body.head.commission and len(set(body.countries)) == 2:
                    draft.parties = list(dict.fromkeys(body.countries))

    def _is_own(self, ref: Ref) -> bool:
        """Whether a body acts for itself, not for a state: a museum, a foundation, a body known by its bare name."""
        body = self.context.organizations.get(ref)
        stands = body.head.sector or not body.head_word or body.head_word.startswith(self._houses)
        many = body.head_word in self.context.lexicon.settings.get("plural_houses", ())  # "the libraries of A and B"
        return bool(stands) and not body.head.commission and not many

    def _two_bodies(self, skeleton: Skeleton, piece: str) -> list[Ref]:
        """The bodies that "the two museums" are: two of that kind of which the article has told, in all or in the sentence before."""
        found = setting(self.code, "agreements", "bodies").search(piece)
        if not found:
            return []
        kind = next(
            (u.value.head.sector for v in found.groupdict().values() for u in skeleton.units_in(v) if u.value), None
        )
        near = self.context.skeletons[skeleton.index : skeleton.index + 2]
        stop = max((s.span.end for s in near), default=skeleton.span.end)
        told = [
            b.id
            for b in self.context.organizations.all
            if self._is_own(b.id)
            and (kind is None or b.sector == kind or not (b.sector or b.head_word))
            and any(s.start < stop for s in self.context.spans.get(b.id, ()))
        ]
        last = [r for r in self._bodies_before(skeleton) if r in told]
        return told if len(told) == 2 else last if len(last) == 2 else []

    def _bodies_before(self, skeleton: Skeleton) -> list[Ref]:
        """The two bodies of which the sentence before tells what they do together: "A and B will exchange plays."; else nothing."""
        if not skeleton.index or self.context.skeletons[skeleton.index - 1].is_title:
            return []
        plain = self.context.skeletons[skeleton.index - 1]
        tokens = self._plain(plain.text)
        found = [r for u in self._doers(plain, tokens, 0, len(tokens)) if u.kind == "O" for r in u.refs]
        found = list(dict.fromkeys(found))
        return found if len(found) == 2 and all(self._is_own(r) for r in found) else []

    def _speaks_of_pair(self, skeleton: Skeleton) -> bool:
        """Whether "the two countries" stand in a sentence, inside a title of office, too."""
        pattern = setting(self.code, "agreements", "pair")
        words = " ".join(re.findall(r"[\w-]+", skeleton.span.of(self.context.doc.text).lower()))
        return bool(pattern.search(skeleton.text) or pattern.search(f"{words} "))

    def sides(self, draft: Draft, meeting: MeetingFact | None, told: Sequence[Skeleton] = ()) -> None:
        """Parties of a document that "the sides" sign or prepare: those of the meeting told of last, else the countries of the sentence
        that tells of it, else the two who did something together in the sentence before, else the article's two countries."""
        if meeting is None and told:
            units = [u for u in told[0].units if u.kind in "CT"]
            named = [
                r for u in units for r in (u.refs if u.kind == "C" else u.value.countries) if r.startswith("country-")
            ]
            draft.parties = list(dict.fromkeys(named)) if len(set(named)) >= 2 else draft.parties
            return
        people = meeting.participants if meeting else joined_before(self.context, draft.index)
        found = list(dict.fromkeys(h for r in people if (h := self.house(r))))
        if len(found) < 2 or len(found) < len(people):
            found = list(dict.fromkeys(s for r in people if (s := self.stands_for(r))))
        if len(found) < 2 and meeting and meeting.session_of:
            found = list(self.context.organizations.get(meeting.session_of).countries)
        draft.parties = found if len(found) >= 2 else list(self.pair())

    def on_behalf(self, draft: Draft, skeleton: Skeleton) -> bool:
        """Whether the sentence says that somebody acts in the name of a party."""
        return bool(set(self._captured(skeleton, skeleton.text, "behalf", "X")) & set(draft.parties))

    def _acting(self, actors: Sequence[Unit]) -> list[Ref]:
        """Bodies and countries for which actors act. Bodies named stand before the countries of persons."""
        bodies = [self._state(r) for u in actors if u.kind in "OC" for r in u.refs if not self._commission(r)]
        people = [r for u in actors if u.kind in "PT" for r in u.refs]
        titles = [c for u in actors if u.kind == "T" and not u.refs for c in u.value.countries]
        behind = [self.stands_for(r) for r in people]
        houses = [self.house(r) for r in people]
        if len(houses) >= 2 and all(houses):
            behind = houses
        elif len(houses) == 1 and houses[0]:
            behind = houses
        found = bodies if len(set(bodies)) >= 2 else [*bodies, *titles, *(b for b in behind if b)]
        return list(dict.fromkeys(found))

    def _commission(self, ref: Ref) -> bool:
        """Whether it is a body of several countries: where they meet, no party."""
        if not ref.startswith("org-"):
            return False
        body = self.context.organizations.get(ref)
        return body.head.commission and len(set(body.countries)) != 1

    def _state(self, ref: Ref) -> Ref:
        """The country of a government; anything else as it is."""
        if not ref.startswith("org-"):
            return ref
        body = self.context.organizations.get(ref)
        return (
            body.countries[0] if body.head_word.startswith(self._governments) and len(set(body.countries)) == 1 else ref
        )

    def house(self, ref: Ref) -> Ref | None:
        """The museum, theatre or institute that a person heads; None for those who act for a state."""
        if ref not in self._posts:
            offices = (link.office for link in self.context.links_of(ref) if not link.office.ministerial)
            self._posts[ref] = next((o for o in offices if (o.body.ref if o.body else o.body_text)), None)
        post = self._posts[ref]
        if post is None:
            return self._beside.get(ref)
        if post.body:
            return post.body.ref if self._is_own(post.body.ref) else None
        return next((b.id for b in self.context.organizations.all if post.body_text in b.names), None)

    def stands_for(self, ref: Ref) -> Ref | None:
        """The country or, where none is known, the body for which a participant acts."""
        if ref.startswith(("country-", "org-")):
            return ref
        return next(iter(self.context.countries_of(ref)), self._homes.get(ref))

    def pair(self) -> tuple[Ref, ...]:
        """The two countries of which the article speaks; none where a third is spoken of as much."""
        main = self.context.main_countries()
        if len(main) < 2:
            return ()
        counts = [len(self.context.spans.get(c, ())) for c in main]
        return main[:2] if len(main) == 2 or counts[1] > counts[2] else ()

    def _units(self, skeleton: Skeleton, piece: str, name: str, slot: str, every: bool = False) -> list[Unit]:
        found: list[Unit] = []
        for match in setting(self.code, "agreements", name).finditer(piece):
            for key, value in match.groupdict().items():
                if value and key.startswith(slot):
                    found += [u for u in skeleton.units_in(value) if u not in found]
            if found and not every:
                break
        return found

    def _captured(self, skeleton: Skeleton, piece: str, name: str, slot: str, every: bool = False) -> list[Ref]:
        found: list[Ref] = []
        units = self._units(skeleton, piece, name, slot, every)
        nations = any(u.kind == "J" for u in units)  # "the Estonian and Lithuanian Ministries": their countries
        for unit in units:
            refs: list[Ref | None] = [self._state(r) for r in unit.refs]
            if nations:
                refs = [
                    self.stands_for(r) if r.startswith("country-") else next(iter(self.context.countries_of(r)), None)
                    for r in unit.refs
                ]
            elif unit.kind in "PT":
                refs = [self.house(r) or self.stands_for(r) for r in unit.refs]
                if unit.kind == "T" and not unit.refs:
                    refs = list(unit.value.countries)
            found += [r for r in refs if r and r not in found and not self._commission(r)]
        states = [r for r in found if r.startswith("country-")]
        if states and len(states) < len(
            found
        ):  # "the ministries of Estonia and Latvia": the first one is no party by itself
            found = [
                r if r in states or self._is_own(r) else next(iter(self.context.countries_of(r)), r) for r in found
            ]
        return list(dict.fromkeys(found))

    def each(self, draft: Draft, skeleton: Skeleton, document: str = "") -> list[Draft]:
        """Drafts of "two memorandums, one with A and one with B": one between its subject and A, one between it and B.

        `document`: the sentence from a word for several documents on, each of which has a partner of its own: "memorandums with A and B".
        """
        partners: list[Ref] = []
        for match in setting(self.code, "agreements", "each").finditer(skeleton.text):
            for key, value in match.groupdict().items():
                if value and key.startswith("Y"):
                    partners += [r for u in skeleton.units_in(value) for r in u.refs]
        if len(partners) < 2 and document:
            partners = self._captured(skeleton, document, "with", "Y")
            draft.parties = [r for r in draft.parties if r not in partners]
            if len(partners) < 2 or len(draft.parties) > 1 or not all(r.startswith("org-") for r in partners):
                return []
            return [
                replace(draft, parties=[*draft.parties, p], certain=True, passages=list(draft.passages), about=[])
                for p in partners
            ]
        if len(partners) < 2:
            return []
        own = [r for u in skeleton.of_kind("OC") for r in u.refs if r not in partners and not self._commission(r)]
        subject = own[-1:] or [r for r in draft.parties if r not in partners][:1]
        return [
            replace(draft, parties=[*subject, p], certain=True, signatories=[], passages=list(draft.passages), about=[])
            for p in partners
        ]

    # ----------------------------------------------------------------------------------------------------- signing

    def sign(self, draft: Draft, actors: Sequence[Unit], only: bool = False) -> None:
        """Persons among the actors sign; with `only` those alone whose body or country is a party."""
        for unit in actors:
            for ref in unit.refs:
                if ref.startswith("person-") and ref not in draft.signatories and (not only or self.fits(draft, ref)):
                    draft.signatories.append(ref)

    def fits(self, draft: Draft, person: Ref) -> bool:
        """Whether a person acts for one of the parties: heads it, or its country and no other party's."""
        house, countries = self.house(person), set(self.context.countries_of(person))
        return house in draft.parties or any(set(self.context.countries_of(p)) & countries for p in draft.parties)

    def compatible(self, known: Sequence[Ref], new: Sequence[Ref]) -> bool:
        """Whether two lists of parties can be one document's: equal, one part of the other, or bodies and their countries."""
        a, b = set(known), set(new)
        if not a or not b or a <= b or b <= a:
            return True
        return self._countries(a) == self._countries(b) and (self._states(a) or self._states(b))

    def _countries(self, refs: set[Ref]) -> set[Ref]:
        return {c for r in refs for c in self.context.countries_of(r)[:1]}

    def _states(self, refs: set[Ref]) -> bool:
        return all(r.startswith("country-") for r in refs)

    def join(self, known: Draft, new: Draft) -> None:
        """Parties of two tellings: bodies rather than their countries, the named rather than the inferred."""
        if not known.parties or (new.certain and not known.certain) or (set(known.parties) < set(new.parties)):
            if new.parties:
                known.parties, known.certain = new.parties, known.certain or new.certain
        elif self._states(set(known.parties)) and not self._states(set(new.parties)) and len(new.parties) >= 2:
            known.parties = new.parties
