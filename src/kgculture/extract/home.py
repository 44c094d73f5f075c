"""The country that an office belongs to where no title says so: agencies name the ministers of their own country without it.

What is inferred here is marked so. In order: the country of the place in the dateline, unless another holds the same post for it; the
only country that the article names, or the only one of two for which no other person holds such a post; for a minister, the country
whose language it is (`home_country` in the lexicon), if the article names it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from kgculture.extract.context import Context
from kgculture.lexicon.places import gazetteer
from kgculture.model import Passage, Ref

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


def home(context: Context, taken: Iterable[Ref], ministerial: bool) -> tuple[Ref, Passage] | None:
    """The country of a post that names none; `taken` are countries whose such post another person holds. None where it is open."""
    others = set(taken)
    begun = dateline(context)
    if begun and begun[0] not in others:
        return begun
    named = context.main_countries()
    free = [r for r in named if r not in others]
    if len(free) == 1 and (len(named) == 1 or (ministerial and len(named) == 2)):
        return free[0], context.spans[free[0]][0]
    own: Ref | None = context.lexicon.settings.get("home_country")
    if ministerial and own and own not in others and own in context.spans:
        return own, context.spans[own][0]
    return None
