"""kgculture met"""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from kgculture.cli import _options, _output

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kgculture.api import Meeting, Participant

COLUMNS = ("date", "reported", "who", "whom", "place", "offices")


@click.command("met")
@click.argument("person", required=False)
@click.option("--with", "with_", metavar="NAME", help="Only meetings with this person, body or country as well.")
@click.option("--country", metavar="NAME", help="Only meetings in which someone sat for this country.")
@click.option("--place", metavar="NAME", help="Only meetings in this city, country or venue.")
@click.option("--since", metavar="DATE", help="Not before this day, month or year: 2023, 2023-12 or 2023-12-04.")
@click.option("--until", metavar="DATE", help="Not after this day, month or year.")
@click.option("--planned", is_flag=True, help="Meetings that are only announced as well; adds a column status.")
@click.option(
    "--sources",
    is_flag=True,
    help="With the sentences that say so: as a table under each meeting, else a row per article.",
)
@_options.store
@_options.format_option(*_options.TABLES)
@_options.output
def command(
    person: str | None,
    with_: str | None,
    country: str | None,
    place: str | None,
    since: str | None,
    until: str | None,
    planned: bool,
    sources: bool,
    store: str,
    format_: str | None,
    output: str | None,
) -> None:
    """List who met whom, oldest first, each meeting with its articles.

    One row per meeting: `who` is PERSON, or one side where no person is given, `whom` the other sides. A meeting whose date no
    article states is told with the day on which the first article was published. Names may be typed in any script, in part and
    without diacritics, or as IRI or CURIE; an unknown name ends with 6 and gets the nearest ones. For one row per pair of persons:
    kgculture query who-met-whom.

    \b
    Example:
      kgculture met Балаева --since 2023 --sources
    """
    with _options.open_graph(store) as graph:
        meetings = graph.meetings(person, with_, country, place, since, until, planned)
        first = graph.find(person, *_kinds()) if person is not None else None
        undated = 0
        if since or until:
            undated = graph.undated(person, with_, country, place, planned)
    if _output.choose(format_, output, _options.TABLES) == "table":
        if sources and meetings:
            _output.write("\n".join(_block(meeting, first) for meeting in meetings), output)
        else:
            _table(meetings, first, planned=planned, output=output)
    else:
        last = ["article", "quote"] if sources else ["articles"]
        columns = [*COLUMNS, *(["status"] if planned else []), *last]
        rows = [row for meeting in meetings for row in _rows(meeting, first, planned=planned, sources=sources)]
        _output.records(columns, rows, format_, output)
    if undated:
        what = "1 meeting without a full date is" if undated == 1 else f"{undated} meetings without a full date are"
        click.echo(f"{what} left out: --since and --until ask for one", err=True)


def _kinds() -> tuple[str, ...]:
    return ("Person", "Organization", "Country", "Region")


def _table(meetings: Sequence[Meeting], first: str | None, *, planned: bool, output: str | None) -> None:
    """For the eye: each participant on a line of its own, with the post."""
    columns = ["date", "who", "whom", "place", *(["status"] if planned else []), "articles"]
    rows = []
    for meeting in meetings:
        who, whom = (_output.BREAK.join(map(_named, side)) for side in _sides(meeting.participants, first))
        place = _output.BREAK.join((*meeting.venues, *meeting.places)) or _output.NOT_STATED
        status = [meeting.status] if planned else []
        rows.append([_date(meeting), who, whom, place, *status, _output.BREAK.join(_articles(meeting))])
    _output.table(columns, rows, output)


def _date(meeting: Meeting) -> str:
    return meeting.date or (f"reported {meeting.reported}" if meeting.reported else _output.NOT_STATED)


def _block(meeting: Meeting, first: str | None) -> str:
    """For the eye, with sources: date and place, one line for each participant, then what each article says."""
    from textwrap import fill

    width = _output.width()
    head = [_date(meeting), *meeting.venues, *meeting.places, *([] if meeting.status == "Held" else [meeting.status])]
    lines = [fill(", ".join(head), width)]
    who, whom = _sides(meeting.participants, first)
    for one in (*who, *whom):
        lines.append(fill(_named(one), width, initial_indent="  ", subsequent_indent="    "))
    for source in meeting.sources:
        lines.append(
            fill(f"{source.article}: {source.quote}", width, initial_indent="    ", subsequent_indent="      ")
        )
    return "\n".join(lines) + "\n"


def _named(one: Participant) -> str:
    return ", ".join((one.label, *one.posts))


def _articles(meeting: Meeting) -> list[str]:
    return sorted({source.article for source in meeting.sources})


def _rows(meeting: Meeting, first: str | None, *, planned: bool, sources: bool) -> Iterator[list[str | None]]:
    """For machines: one row per meeting or, with sources, per article; lists are joined by semicolons."""
    who, whom = _sides(meeting.participants, first)
    row = [
        meeting.date,
        meeting.reported,
        _joined([p.label for p in who]),
        _joined([p.label for p in whom]),
        _joined([*meeting.venues, *meeting.places]),
        _offices(who, whom),
        *([meeting.status] if planned else []),
    ]
    if not sources:
        yield [*row, _joined(_articles(meeting))]
        return
    for source in meeting.sources:
        yield [*row, source.article, source.quote]


def _sides(people: Sequence[Participant], first: str | None) -> tuple[list[Participant], list[Participant]]:
    """Who, and whom: the wanted participant and those not on its side; else the side of the first name and all others."""
    if not people:
        return [], []
    one = next((p for p in people if p.iri == first), None)
    leader = one or people[0]
    beside = [
        p for p in people if p is not leader and leader.on_behalf_of and set(leader.on_behalf_of) & set(p.on_behalf_of)
    ]
    others = [p for p in people if p is not leader and p not in beside]
    return [leader] if one else [leader, *beside], others


def _offices(*sides: Sequence[Participant]) -> str | None:
    """The posts of both sides, `who / whom`; with names where a side has several people."""
    told = []
    for side in sides:
        posts = [", ".join(p.posts) if len(side) == 1 else f"{p.label}: {', '.join(p.posts)}" for p in side if p.posts]
        told.append("; ".join(posts) or "–")
    return " / ".join(told) if any(side != "–" for side in told) else None


def _joined(parts: Sequence[str]) -> str | None:
    return "; ".join(dict.fromkeys(parts)) or None
