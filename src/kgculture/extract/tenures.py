"""Who held which office, as an article says it: one tenure per person and post, with every sentence that says so."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from kgculture.extract.context import Context
from kgculture.extract.home import POSTED, home
from kgculture.extract.mentions import Link
from kgculture.extract.office_titles import LIKE
from kgculture.model import OfficeFact, Passage, Ref, TenureFact

#: Posts besides the minister's of those who receive ambassadors.
_GOVERNING = frozenset({"Vice Minister", "Deputy Minister", "President", "Head of State", "Prime Minister"})
#: Posts that are no country's where no body is named.
_STATELESS = frozenset({"Secretary-General"})


@dataclass(slots=True)
class _Post:
    """A post of one person under construction."""

    title: str
    title_en: str | None
    head: str
    country: Ref | None
    body: Ref | None
    status: str
    ministerial: bool
    rule: str
    passages: list[Passage] = field(default_factory=list)
    inferred: bool = False

    def words(self) -> frozenset[str]:
        return frozenset((self.title_en or self.title).lower().replace(",", "").split()) - {"of", "the", "and"}

    def like(self, other: _Post) -> bool:
        """Whether a country has both posts only once: of ministers, those of one field; a deputy is no minister."""
        if self.head != other.head or self.ministerial != other.ministerial:
            return False
        fields = [p.words() - {p.head.lower()} for p in (self, other)]
        return not self.ministerial or not all(fields) or bool(fields[0] & fields[1])


def tenure_facts(context: Context, sides: Mapping[Ref, Ref]) -> tuple[tuple[OfficeFact, ...], tuple[TenureFact, ...]]:
    """The offices and tenures of an article. `sides`: persons whose side of a meeting says their country where no title does."""
    offices: dict[OfficeFact, Ref] = {}
    tenures: list[TenureFact] = []
    held = {person.id: _posts(context, person.id, sides.get(person.id)) for person in context.persons.all}
    _settle_at_home(context, held)
    for person in context.persons.all:
        for post in held[person.id]:
            bare = OfficeFact("", post.title, post.title_en, post.country, post.body, post.ministerial)
            ref = offices.setdefault(bare, f"office-{len(offices) + 1}")
            refs = [r for r in (person.id, post.country, post.body) if r]
            tenures.append(
                TenureFact(
                    id=f"tenure-{len(tenures) + 1}",
                    rule=post.rule,
                    passages=context.passages_for(sorted(set(post.passages)), refs),
                    confidence=0.7 if post.inferred else 0.95,
                    inferred=post.inferred,
                    holder=person.id,
                    office=ref,
                    status=post.status,  # type: ignore[arg-type]
                )
            )
    facts = tuple(
        OfficeFact(ref, o.title, o.title_en, o.country, o.organization, o.ministerial) for o, ref in offices.items()
    )
    return facts, tuple(tenures)


def _settle_at_home(context: Context, held: Mapping[Ref, list[_Post]]) -> None:
    """Give posts without a country the one that the article's setting implies, and mark them as inferred.

    Not where two persons hold the same post without a country: one of them is a guest.
    """
    open_posts = [(person, p) for person, posts in held.items() for p in posts if _is_open(context, p)]
    for person, post in open_posts:
        own = next((p.country for p in held[person] if p.country), None)
        rivals = {other for other, p in open_posts if other != person and not (p.body or post.body) and p.like(post)}
        if own or rivals:
            post.country, post.inferred = own, own is not None
            continue
        same = [p.country for ps in held.values() for p in ps if p.country and p.like(post) and p.status == "Current"]
        akin = [
            p.country for ps in held.values() for p in ps if p.country and p.head == post.head and p.status == "Current"
        ]
        settings = context.lexicon.settings
        found = None if settings.get("home_country") else _of_the_same_post(context, person, post, akin)
        found = found or home(
            context,
            () if post.body else [c for c in same if c],
            ministerial=post.ministerial or (not post.body and post.head in settings.get("home_posts", ())),
            governing=not post.body and (post.ministerial or post.head in _GOVERNING),
            posted=post.head in POSTED,
            akin=() if post.body else akin,
        )
        if found:
            post.country, post.inferred = found[0], True
            context.mention(found[0], found[1])
            post.passages.append(context.sentence_of(found[1]))


def _of_the_same_post(
    context: Context, person: Ref, post: _Post, taken: Sequence[Ref | None]
) -> tuple[Ref, Passage] | None:
    """The only country for which the article speaks of such a post without a name: "President X" after "the president of A".

    For a title of nothing but its head: "the representative of the forces" is no other's representative.
    """
    if not any(k.office.bare and k.office.head.en == post.head for k in context.links_of(person)):
        return None
    said = {
        unit.value.countries[0]: unit.passage
        for skeleton in context.skeletons
        for unit in skeleton.of_kind("T")
        if unit.value.head.en == post.head and len(unit.value.countries) == 1 and not unit.value.deputy
    }
    return next(iter(said.items())) if len(said) == 1 and not set(said) & set(taken) else None


def _is_open(context: Context, post: _Post) -> bool:
    """Whether nothing says whose post it is; the bodies of several countries have posts of none."""
    stateless = post.head in _STATELESS if not post.body else _is_stateless(context, post.body)
    return not (post.country or (post.body and context.organizations.get(post.body).countries) or stateless)


def _is_stateless(context: Context, body: Ref) -> bool:
    """Whether a body is one of several countries: its posts are no country's, whoever holds them."""
    known = context.lexicon.settings.get("stateless_bodies", ())
    found = context.organizations.get(body)
    unplaced = found.head.own and not found.countries
    return found.stateless or unplaced or not found.words().isdisjoint(known)


def _posts(context: Context, person: Ref, side: Ref | None) -> list[_Post]:
    posts: list[_Post] = []
    likes: list[Link] = []
    for link in context.links:
        if link.name.ref != person or not link.office.head.post or _of_another(context, link):
            continue
        if link.office.head.en == LIKE:
            likes.append(link)
            continue
        for post in _of_link(context, link):
            _absorb(posts, post)
    if not posts or all(p.ministerial and p.title_en == p.head and not p.country for p in posts):
        like = [p for link in likes for p in _counterpart(context, link, person)]
        posts = like or posts  # "her Uzbek counterpart X", "Minister X" after
    known = [p.country for p in posts if p.country]
    known = known or [
        k.office.countries[0] for k in likes if len(k.office.countries) == 1
    ]  # "her Uzbek colleague, Minister X"
    for post in posts:
        if post.country is None and post.body is None:
            post.country = known[0] if known else side
        elif (
            post.country is None
            and post.body is not None
            and not context.organizations.get(post.body).countries
            and not _is_stateless(context, post.body)
        ):
            post.country = side or (known[0] if known else None)
    return posts


def _of_another(context: Context, link: Link) -> bool:
    """Whether a bare surname after a title is a man's in the genitive, though it may be a woman's: "помощник Громова"."""
    name, person = link.name, context.persons.get(link.name.ref)
    if person is None or not name.single or name.best.gender != "f":
        return False
    genders = {m.best.gender for m in person.mentions if not m.single}
    return genders == {"m"} and not any(r.gender == "m" and r.case in link.office.cases for r in name.readings)


def _counterpart(context: Context, link: Link, person: Ref) -> list[_Post]:
    """ "her Uzbek counterpart": the ministerial or other first post of the person titled last before, in the country said."""
    if not link.office.countries:
        return []
    skeleton = context.skeletons[link.sentence]
    others = [k for k in context.links if k.name.ref != person and k.office.head.en != LIKE]
    before = [k for k in others if k.name.start < link.name.start]
    acting = {r for u in skeleton.of_kind("PT") if u.end <= link.name.start for r in u.refs}
    here = [k for k in before if k.name.ref in acting]  # whom the sentence speaks of, titled there or before
    near = [k for k in others if k.sentence == link.sentence]
    model = next(
        (k for k in (*reversed(here), *reversed(before), *near) if link.office.countries[0] not in k.office.countries),
        None,
    )
    if model is None:
        return []
    made = _of_link(context, model)[:1]
    for post in made:
        post.country, post.body, post.status = link.office.countries[0], None, "Current"
        post.passages.append(skeleton.span)
    return made


def _of_link(context: Context, link: Link) -> list[_Post]:
    office = link.office
    bodies: list[Ref | None] = []
    if office.body:
        ref = office.body.ref or context.organizations.add(office.body)
        if ref:
            bodies.append(ref)
            context.mention(ref, Passage(office.body.start, office.body.end))
    elif office.body_text:
        ref = context.organizations.add_name(office.body_text)
        bodies.append(ref)
        context.mention(ref, Passage(office.start, office.end))
    bodies += [b.ref for b in link.more_bodies if b.ref]
    if not bodies and not office.countries and office.head.complement == "body":
        bodies += _possessor(context, link)
    sentence = context.skeletons[link.sentence].span
    country = _country(context, link, bodies[0] if bodies else None)
    return [
        _Post(
            office.title,
            office.title_en,
            office.head.en,
            country,
            body,
            office.status,
            office.ministerial,
            f"{context.lexicon.code}.office.{link.rule}",
            [sentence],
        )
        for body in (bodies or [None])
    ]


def _possessor(context: Context, link: Link) -> list[Ref]:
    """ "a delegation from the Louvre led by its president X": the body named last before in the sentence."""
    skeleton = context.skeletons[link.sentence]
    number = next(
        (k for k, u in enumerate(skeleton.units) if u.kind == "P" and u.start <= link.office.start < u.end), 0
    )
    owners = [u.refs[0] for u in skeleton.units[:number] if u.kind == "O" and u.refs]
    if not owners:
        return []
    before = skeleton.text[: skeleton.at(skeleton.units[number])].rpartition(" ")[0].rpartition(" ")[2]
    return owners[-1:] if before in context.lexicon.settings.get("possessives", ()) else []


def _country(context: Context, link: Link, body: Ref | None) -> Ref | None:
    """The post's country: in the title, of its body, or by its place in a list of countries ("Kazakh-Azerbaijani … A and B")."""
    own = context.countries_held(link)
    if len(own) == 1:
        return own[0]
    if body and context.organizations.get(body).countries:
        return context.organizations.get(body).countries[0]
    if not link.office.plural:
        return own[0] if own else None
    skeleton = context.skeletons[link.sentence]
    holders = context.holders_of(link)
    rank = holders.index(link.name.ref)
    paired = next(
        (u.refs for u in skeleton.of_kind("J") if len(u.refs) == len(holders) and u.end <= link.office.start), None
    )
    return paired[rank] if paired else None


def _absorb(posts: list[_Post], new: _Post) -> None:
    """Add a post, or merge it with the same post said more or less fully before."""
    for post in posts:
        if post.head != new.head or post.status != new.status or (post.body and new.body and post.body != new.body):
            continue
        if post.country and new.country and post.country != new.country:
            continue
        if not (post.words() <= new.words() or new.words() <= post.words()):
            continue
        if len(new.words()) > len(post.words()):
            post.title, post.title_en = new.title, new.title_en
        post.country = post.country or new.country
        post.body = post.body or new.body
        post.passages += new.passages
        return
    posts.append(new)
