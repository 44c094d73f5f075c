"""The country that an office belongs to where no title says so: agencies name the ministers of their own country without it.

What is inferred here is marked so. In order: the country of the place in the dateline, unless another holds the same post for it; of
a minister, the only country whose ministry is named or at which an ambassador is posted; the
only country that the article names, or the only one of two for which no other person holds such a post; for a minister, the country
whose language it is (`home_country` in the lexicon), if the article names it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from kgculture.extract.context import Context
from kgculture.lexicon.places import gazetteer
from kgculture.model import Passage, Ref

#: Posts whose holders are accredited at another state's government.
_POSTED = frozenset({"Ambassador", "Chargé d'Affaires"})
_DATELINE = re.compile(r"(?:[^@ ]+ , )?@([LC])(\d+) (?:[,.(/–—-]|@D)")


def dateline(context: Context) -> tuple[Ref, Passage] | None:
    """The country of the place that the text begins with ("SEOUL, Feb. 3 –"), and where it stands."""
    for skeleton in [s for s in context.skeletons if not s.is_title][:2]:
        match = _DATELINE.match(skeleton.text)
        if match:
            unit = skeleton.units[int(match.group(2))]
            country = unit.refs[0] if unit.refs[0].startswith("country-") else gazetteer().country_of(unit.refs[0])
            return (country, unit.passage) if country else None
    return None


def _seats(context: Context) -> list[tuple[Ref, Passage]]:
    """Countries whose ministries the article names or at which ambassadors are posted, each with where it says so."""
    posted = [
        (country, Passage(link.office.start, link.office.end))
        for link in context.links
        if link.office.head.en in _POSTED
        for country in link.office.hosts
    ]
    ministries = [
        (body.countries[0], context.spans[body.id][0])
        for body in context.organizations.all
        if body.ministry and body.countries and context.spans.get(body.id)
    ]
    return posted + ministries


def home(
    context: Context, taken: Iterable[Ref], ministerial: bool, governing: bool = False
) -> tuple[Ref, Passage] | None:
    """The country of a post that names none; `taken` are countries whose such post another person holds. None where it is open.

    `ministerial`: a minister's; `governing`: a minister's or deputy minister's, whose host the ambassadors of others have.
    """
    others = set(taken)
    begun = dateline(context)
    if begun and begun[0] not in others:
        return begun
    if governing:
        seats = [s for s in _seats(context) if s[0] not in others]
        if len({s[0] for s in seats}) == 1:
            return seats[0]
    named = context.main_countries()
    free = [r for r in named if r not in others]
    if len(free) == 1 and (len(named) == 1 or (ministerial and len(named) == 2)):
        return free[0], context.spans[free[0]][0]
    own: Ref | None = context.lexicon.settings.get("home_country")
    if ministerial and own and own not in others and own in context.spans:
        return own, context.spans[own][0]
    return None
