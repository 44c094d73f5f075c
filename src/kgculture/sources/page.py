"""From the text of one document to an `Article`, or the reason why it is none."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any, cast

from kgculture.language.detect import READ, detect, identify, name
from kgculture.model import Article, LanguageCode, Passage
from kgculture.sources import dates
from kgculture.sources.decode import clean
from kgculture.sources.layout import Layout, lay_out

#: Longest text of one article, in characters: a book. What is longer is a dump, and no rule is made for it.
MAX_CHARACTERS = 500_000
#: HTML nested deeper than this is no page that a person wrote; parsers recurse and may end the process.
MAX_DEPTH = 400
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]{0,15})[^<>]*?(/?)>")
#: Elements that have no end tag or are left without it by many a page.
_LEFT_OPEN = frozenset(
    "area base br col dd dt embed hr img input li link meta optgroup option p param rp rt source tbody td tfoot th thead "  # noqa: SIM905
    "tr track wbr".split()
)
_LANGUAGES = {"eng": "en", "english": "en", "rus": "ru", "russian": "ru", "kaz": "kk", "kz": "kk", "kazakh": "kk"}


class NotAnArticle(ValueError):
    """A document that gives no article; the message is the reason, in one line."""


@dataclass(frozen=True, slots=True)
class Given:
    """What is known of a document besides its text."""

    title: str | None = None
    published: str | None = None
    language: str | None = None
    url: str | None = None
    publisher: str | None = None


def from_text(text: str, identifier: str, path: str, given: Given | None = None) -> Article:
    """The article of a clean text. A given headline that the text lacks is put above it. Raises NotAnArticle."""
    given = given or Given()
    if not text.strip():
        raise NotAnArticle("only white space" if text else "empty")
    if len(text) > MAX_CHARACTERS:
        raise NotAnArticle(f"{len(text)} characters: too long for one article (at most {MAX_CHARACTERS})")
    text, title = _with_title(text, given.title)
    layout = lay_out(text, title)
    language = _language(text, layout, given.language)
    return Article(
        id=identifier,
        text=text,
        language=language,
        published=given.published or layout.published,
        title=layout.title,
        url=given.url,
        publisher=given.publisher,
        path=path,
        masks=layout.masks,
    )


def _with_title(text: str, headline: str | None) -> tuple[str, Passage | None]:
    headline = " ".join((headline or "").split())
    if not headline:
        return text, None
    words = r"\s+".join(re.escape(word) for word in headline.split()[:80])
    found = re.compile(words).search(text, 0, 2000 + len(headline))
    line = found and (
        not text[: found.start()].rpartition("\n")[2].strip() and not text[found.end() :].partition("\n")[0].strip()
    )
    if found and line:
        return text, Passage(found.start(), found.end())
    return f"{headline}\n\n{text}", Passage(0, len(headline))


def _language(text: str, layout: Layout, declared: str | None) -> LanguageCode:
    """The language of what is not furniture; the declared one only where the text does not tell."""
    pieces: list[str] = []
    position = 0
    for mask in (*layout.masks, Passage(len(text), len(text))):
        if mask.start > position:
            pieces.append(text[position : mask.start])
        position = max(position, mask.end)
        if position > 8000:
            break
    plain = " ".join(pieces)
    code = detect(plain) or (detect(text) if not plain.strip() else None)
    if code:
        return cast("LanguageCode", code)
    other = identify(plain)
    if other:
        raise NotAnArticle(f"written in {name(other)}, not in English, Russian or Kazakh")
    if declared:
        wanted = declared.strip().lower().replace("_", "-")
        wanted = _LANGUAGES.get(wanted, wanted.split("-")[0])
        if wanted in READ and any(c.isalpha() for c in plain):
            return cast("LanguageCode", wanted)
    raise NotAnArticle("the language is not recognised as English, Russian or Kazakh")


# ------------------------------------------------------------------------------------------------------------------ HTML


def from_html(source: str, identifier: str, path: str) -> Article:
    """The article of a web page: main text, headline, day, publisher and address as the page gives them. Raises NotAnArticle."""
    if not source.strip():
        raise NotAnArticle("empty")
    if _depth(source) > MAX_DEPTH:
        raise NotAnArticle(f"HTML nested deeper than {MAX_DEPTH} elements")
    from trafilatura import bare_extraction

    try:
        # no search for dates in the text by guessing, and no clock: a day is what the page says, today and in ten years
        found: Any = bare_extraction(
            source,
            favor_precision=False,
            include_comments=False,
            include_tables=False,
            with_metadata=True,
            date_extraction_params={"extensive_search": False, "original_date": True, "max_date": "2099-12-31"},
        )
    except Exception as error:  # a page may trip the parser anywhere; it must not end the run
        raise NotAnArticle(f"HTML that cannot be read: {type(error).__name__}") from None
    body = clean(found.text or "") if found is not None else ""
    if not body.strip():
        raise NotAnArticle("HTML without text")
    declared = re.search(r"<html[^>]{0,300}?\slang\s*=\s*[\"']?([A-Za-z]{2,3})", source[:20000], re.I)
    return from_text(
        body,
        identifier,
        path,
        Given(
            title=clean(found.title) if found.title else None,
            published=_iso(found.date),
            language=declared.group(1) if declared else None,
            url=_address(found.url),
            publisher=_line(found.sitename),
        ),
    )


def _depth(source: str) -> int:
    depth = deepest = 0
    for match in _TAG.finditer(source):
        closing, tag, empty = match.groups()
        if tag.lower() not in _LEFT_OPEN and not empty:
            depth = max(0, depth - 1) if closing else depth + 1
            deepest = max(deepest, depth)
    return deepest


# ----------------------------------------------------------------------------------------------------------------- JSONL


def from_record(line: str, number: int, stem: str, path: str) -> Article:
    """The article of one line of a JSONL file; without an identifier of its own it is called `stem-number`. Raises NotAnArticle."""
    try:
        record = json.loads(line)
    except json.JSONDecodeError as error:
        raise NotAnArticle(f"malformed JSON: {error.msg} at column {error.colno}") from None
    except RecursionError:
        raise NotAnArticle("JSON nested too deeply") from None
    except ValueError as error:  # a number of thousands of digits
        raise NotAnArticle(f"malformed JSON: {str(error).splitlines()[0][:80]}") from None
    if not isinstance(record, dict):
        raise NotAnArticle(f"a JSON {_KIND.get(type(record), 'value')}, not an object")
    text = _first(record, "text", "body", "content", "articleBody")
    if text is None:
        raise NotAnArticle("a record without text")
    if not isinstance(text, str):
        raise NotAnArticle(f"a record whose text is a {_KIND.get(type(text), 'value')}")
    return from_text(
        clean(text),
        _identifier(_first(record, "id", "identifier", "_id"), f"{stem}-{number}"),
        path,
        Given(
            title=_line(_first(record, "title", "headline")),
            published=_iso(_first(record, "published", "date", "datePublished", "published_at")),
            language=_line(_first(record, "language", "lang", "inLanguage")),
            url=_address(_first(record, "url", "link")),
            publisher=_line(_first(record, "publisher", "source", "sitename")),
        ),
    )


_KIND: dict[type, str] = {
    list: "list",
    dict: "object",
    str: "string",
    int: "number",
    float: "number",
    bool: "truth value",
    type(None): "null",
}


def _first(record: dict[str, Any], *keys: str) -> Any:
    return next((record[key] for key in keys if record.get(key) is not None), None)


def _identifier(value: Any, otherwise: str) -> str:
    if value is None:
        return otherwise
    if isinstance(value, bool) or not isinstance(value, (str, int)):
        raise NotAnArticle(f"an identifier that is a {_KIND.get(type(value), 'number')}")
    try:
        identifier = str(value).strip()
    except ValueError:
        raise NotAnArticle("an identifier of thousands of digits") from None
    if not identifier:
        raise NotAnArticle("an empty identifier")
    if len(identifier) > 500:
        raise NotAnArticle(f"an identifier of {len(identifier)} characters (at most 500)")
    if clean(identifier) != identifier or "\n" in identifier or "\t" in identifier:
        raise NotAnArticle("an identifier with control characters")
    return identifier


def _line(value: Any) -> str | None:
    """A string, or the name of an object, in one line."""
    if isinstance(value, dict):
        value = value.get("name")
    return (" ".join(clean(value).split()) or None) if isinstance(value, str) else None


def _address(value: Any) -> str | None:
    """An absolute web address without signs that an IRI must not have, else None."""
    value = _line(value)
    return value if value and re.fullmatch(r"https?://[^\s<>\"{}|\\^`]+", value) else None


def _iso(value: Any) -> str | None:
    """The day of a date in any of the ways that texts write one, if it is whole."""
    if not isinstance(value, str) or len(value) > 80:
        return None
    days = {found.day for found in dates.find(value)}
    return days.pop() if len(days) == 1 else None
