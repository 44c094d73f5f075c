"""The country that an office belongs to where no title says so: agencies name the ministers of their own country without it.

What is inferred here is marked so. In order: the country of the place in the dateline, unless another holds the same post for it; of
a minister, the only country whose ministry is named or at which an ambassador is posted; the
only country that the article names, or the only one of two for which no other person holds such a post, but for the countries of
ambassadors, who are guests; the country whose language it is (`home_country` in the lexicon), if the article names it or a city of it:
of a minister and the posts under `home_posts`, of others where all other countries are those of guests; the host of the ambassadors.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from kgculture.extract.context import Context
from kgculture.lexicon.places import gazetteer
from kgculture.model import Passage, Ref

#: Posts whose holders are accredited at another state's government.
POSTED = frozenset({"Ambassador", "Chargé d'Affaires"})
#: Posts that are held in another state.
_ABROAD = POSTED | {"Consul General", "Honorary Consul", "Attaché", "Minister-Counsellor", "Trade Representative"}
_DATELINE = re.compile(r"(?:\( [^;]{0,80} \) )?(?:[^@ ]+ , )?@([LC])(\d+) (?:[,.:(/–—-]|@D)")


def dateline_place(context: Context) -> tuple[Ref, Passage] | None:
    """The city or country that the text begins with ("SEOUL, Feb. 3 –"), and where it stands."""
    for skeleton in [s for s in context.skeletons if not s.is_title][:2]:
        match = _DATELINE.match(skeleton.text)
        if match:
            unit = skeleton.units[int(match.group(2))]
            return unit.refs[0], unit.passage
    return None


def dateline(context: Context) -> tuple[Ref, Passage] | None:
    """The country of that place, and where it stands."""
    begun = dateline_place(context)
    if begun is None:
        return None
    country = begun[0] if begun[0].startswith("country-") else gazetteer().country_of(begun[0])
    return (country, begun[1]) if country else None


def _seats(context: Context) -> list[tuple[Ref, Passage]]:
    """Countries whose ministries the article names or at which ambassadors are posted, each with where it says so."""
    ministries = [
        (body.countries[0], context.spans[body.id][0])
        for body in context.organizations.all
        if body.ministry and body.countries and context.spans.get(body.id)
    ]
    return _posted(context) + ministries


def _posted(context: Context) -> list[tuple[Ref, Passage]]:
    """Countries at which ambassadors whom the article names are posted."""
    named = [(link.office, Passage(link.office.start, link.office.end)) for link in context.links]
    untold = [
        (u.value, u.passage) for s in context.skeletons for u in s.of_kind("T")
    ]  # "the ambassadors of five countries to X"
    return [
        (country, passage)
        for office, passage in [*named, *untold]
        if office.head.en in POSTED
        for country in office.hosts
    ]


def _missions(context: Context) -> list[tuple[Ref, Passage]]:
    """Countries whose embassies the article names, each with where it says so."""
    return [
        (body.countries[0], context.spans[body.id][0])
        for body in context.organizations.all
        if body.head.mission and len(body.countries) == 1 and context.spans.get(body.id)
    ]


def home(
    context: Context,
    taken: Iterable[Ref],
    ministerial: bool,
    governing: bool = False,
    posted: bool = False,
    akin: Iterable[Ref] = (),
) -> tuple[Ref, Passage] | None:
    """The country of a post that names none; `taken` are countries whose such post another person holds. None where it is open.

    `ministerial`: a minister's; `governing`: a minister's or deputy minister's, whose host the ambassadors of others have;
    `posted`: an ambassador's, who is of the country whose embassy the article names, and not of the place where the text was written;
    `akin`: countries of which the article names holders of posts alike but for the field: theirs it is only by its dateline.
    """
    others = set(taken)
    own: Ref | None = context.lexicon.settings.get("home_country")
    if posted and (missions := [m for m in _missions(context) if m[0] not in others]):
        return missions[0] if len({m[0] for m in missions}) == 1 else None
    begun = dateline(context)
    if begun and begun[0] not in others and own in (None, begun[0]):
        return begun
    if governing:
        seats = [s for s in _seats(context) if s[0] not in others]
        if len({s[0] for s in seats}) == 1:
            return seats[0]
    others |= set(akin)
    named = context.main_countries()
    guests = _guests(context)
    free = [r for r in named if r not in others and r not in guests]
    if (
        len(free) == 1
        and own in (None, free[0])
        and ((len(named) == 1 and not _cities_abroad(context, free[0])) or (ministerial and len(named) == 2))
    ):
        return free[0], context.spans[free[0]][0]
    if own and own not in others and (ministerial or set(named) <= {own, *guests, *others}):
        here = context.spans.get(own) or _cities_of(context, own)
        if here:
            return own, here[0]
    hosts = {c: s for c, s in _posted(context) if c not in others}
    if len(hosts) != 1 or not set(named) <= {*hosts, *guests} or own not in (None, *hosts):
        return None
    return next(iter(hosts.items()))


def _cities_of(context: Context, country: Ref) -> list[Passage]:
    """Where the article names cities of a country."""
    cities = (ref for ref in context.spans if ref.startswith("city-") and gazetteer().country_of(ref) == country)
    return sorted(span for ref in cities for span in context.spans[ref])


def _cities_abroad(context: Context, country: Ref) -> bool:
    """Whether the article names cities, and all of other countries than the one it names: somebody else is the host there."""
    found = {gazetteer().country_of(ref) for ref in context.spans if ref.startswith("city-")}
    return bool(found) and country not in found


def _guests(context: Context) -> frozenset[Ref]:
    """Countries of others: of ambassadors, named or not, and such as only the names of missions and of people's employers tell."""
    offices = [link.office for link in context.links] + [u.value for s in context.skeletons for u in s.of_kind("T")]
    guests = {c for office in offices if office.head.en in _ABROAD for c in office.countries}
    employers = {
        link.office.body.ref for link in context.links if link.office.body and not link.office.body.head.ministry
    }
    bodies = [b for b in context.organizations.all if b.head.mission or b.id in employers]
    within = [span for body in bodies for span in context.spans.get(body.id, ())]
    within += [Passage(o.start, o.end) for o in (k.office for k in context.links) if o.body and o.body.ref in employers]
    for country in context.main_countries():
        spans = context.spans.get(country, ())
        if spans and all(any(w.start <= s.start and s.end <= w.end for w in within) for s in spans):
            guests.add(country)
    return frozenset(guests)
