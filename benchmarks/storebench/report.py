"""The report of the benchmark: Markdown, and plots as plain SVG beside it."""

from __future__ import annotations

import json
import math
import sys
from html import escape
from pathlib import Path
from typing import Any

from storebench.questions import JOINS, QUESTIONS

HEAD = """\
# The store, measured

Written by `make bench-store` (`benchmarks/storebench`); do not edit. {machine}. Data are synthetic articles in three languages
(`benchmarks/synthetic`, seed 1). Seconds are those of the processor, medians; each engine has a process of its own, and all gave the
same number of rows to each question. Bars are measured turn by turn in one process.

    make bench-store                      100 thousand and 1 million triples
    make bench-store SIZES=100k,1m,10m    with 10 million: hours, and 8 GB of disk

"""
NOTES = """\
## What the figures mean

- Ours and “pyoxigraph on disk” read the same store, the others hold the same quads in memory (kglab the default graph alone: it has no
  named graphs). A question given up after its limit is written `> 30`.
- How a question is written decides as much as the engine: agreements between two countries, asked as `{ ?g kgc:party <A> } UNION
  { ?g kgc:party ?x . ?x kgc:country <A> }`, take about 0.2 s on disk at 1 million, as in rdflib; `?x kgc:country? <A>` takes 5 ms,
  in rdflib 12 s.
- The raw side of a typed accessor is written by hand for the same fields, with the best plan known (a list of IRIs, then a SELECT for
  each group of fields). A SELECT of who, when and where alone, without posts, quotes and articles, is told beside it and has no bar.
- A small answer of `kgculture met` costs what its process costs: modules beyond click, pyoxigraph and sqlite3 take about 40 ms.
- The sentences of the generator are plain. What is missed is mostly names: surnames that are also cities (Colombo, Bonnet), surnames and
  given names unknown to the dictionaries in Russian cases (Сикорой, Кемалем) and with Kazakh endings after a soft sign (Надьпен).
- Persons whose names tradition spells apart in Latin and Cyrillic (Hakobyan and Акопян, Rousseau and Руссо) stay two, and exhibitions with
  titles in other languages do: the resolver abstains where nothing but the day and the city agree.
"""
COLOURS = ("#1b6ca8", "#7fb3d5", "#c7dceb", "#c0392b", "#e59866", "#7d6608")


def write(results: dict[str, Any], output: Path) -> None:
    """Writes the report and its plots."""
    sizes = results["sizes"]
    largest = list(sizes)[-1]
    lines = [HEAD.format(machine=results["machine"]), *_bars(sizes)]
    plots = {"questions": questions_plot(sizes), "build": build_plot(sizes)}
    for name, text in plots.items():
        (output.parent / f"benchmarks-store-{name}.svg").write_text(text, encoding="utf-8")
    lines += ["", f"![Seconds for each question by engine, {largest} triples](benchmarks-store-questions.svg)", ""]
    for name, found in sizes.items():
        lines += [f"## {name}: {found['build']['triples']:,} triples of {found['build']['articles']:,} articles", ""]
        lines += [*_build(found), *_load(found), *_questions(found), *_side(found), *_shapes(found), *_correct(found)]
    lines += ["![Milliseconds an article takes, by stage](benchmarks-store-build.svg)", "", NOTES]
    output.write_text("\n".join(lines), encoding="utf-8")


def _held(yes: bool) -> str:
    return "held" if yes else "**not held**"


def _bars(sizes: dict[str, Any]) -> list[str]:
    lines = ["| bar | " + " | ".join(sizes) + " |", "|---|" + "---|" * len(sizes)]

    def row(bar: str, cells: list[str]) -> None:
        lines.append(f"| {bar} | " + " | ".join(cells) + " |")

    def worst(group: str, most: float) -> list[str]:
        cells = []
        for found in sizes.values():
            name, pair = max(found["side"][group].items(), key=lambda item: item[1]["ratio"])
            cells.append(f"{pair['ratio']:.2f} ({name}): {_held(pair['ratio'] <= most)}")
        return cells

    row("`.query()` at most 1.15 times raw pyoxigraph, the worst of six", worst("query", 1.15))
    row("typed accessors at most 2.5 times raw pyoxigraph, the worst", worst("typed", 2.5))
    row(
        "joins at least 20 times faster than rdflib, the least (at 1 million)",
        [_joins(found) for found in sizes.values()],
    )
    cells = []
    for found in sizes.values():
        told = found["command"]
        cells.append(f"{told['met']:.2f} s, allowed {told['allowed']:.2f} s: {_held(told['met'] <= told['allowed'])}")
    row("`kgculture met` within twice the raw query and one start-up (at 10 million)", cells)
    cells = []
    for found in sizes.values():
        stages = found["build"]["stages"]
        share = stages.get("shapes", 0.0) / sum(stages.values())
        cells.append(f"{share:.0%}: {_held(share <= 0.25)}")
    row("validation at most a quarter of a build's time", cells)
    cells = []
    for found in sizes.values():
        least, kind = min((recall, kind) for kind, recall in found["correct"]["recall"].items())
        read = "" if found["face"] == "articles" else " (resolution alone)"
        cells.append(f"{least:.4f} ({kind}){read}: {_held(least >= 0.99)}")
    row("known facts found, at least 0.99 of each kind", cells)
    return lines


def _joins(found: dict[str, Any]) -> str:
    ours, theirs = found["engines"]["kgculture"]["answers"], found["engines"]["rdflib"].get("answers")
    if theirs is None:
        return "rdflib left out"
    ratios = []
    for name in JOINS:
        over = theirs[name].get("over")
        seconds = theirs[name].get("cpu", over)
        if seconds is not None:
            ratios.append((seconds / ours[name]["cpu"], name, ">" if over else ""))
    ratio, name, more = min(ratios)
    each = ", ".join(f"{n} {m}{r:,.0f}" for r, n, m in sorted(ratios))
    return f"{more}{ratio:.0f} ({name}): {_held(ratio >= 20)}; all: {each}"


def _build(found: dict[str, Any]) -> list[str]:
    build, lines = found["build"], ["### Build", ""]
    read = "texts read" if found["face"] == "articles" else "facts taken as known, not read from the texts"
    total = sum(build["stages"].values())
    lines += [f"One process, {read}: {build['articles'] / total:.0f} articles/s, peak memory {build['peak']} MB.", ""]
    lines += ["| stage | s | share | ms an article |", "|---|---|---|---|"]
    for stage, seconds in build["stages"].items():
        each = seconds / build["articles"] * 1000
        lines.append(f"| {stage} | {seconds:.1f} | {seconds / total:.0%} | {each:.2f} |")
    return [*lines, ""]


def _load(found: dict[str, Any]) -> list[str]:
    lines = [
        "### Bulk load of N-Quads, and memory",
        "",
        "| engine | s | peak MB after all questions | version |",
        "|---|---|---|---|",
    ]
    for which, load in found["load"].items():
        what = "the writer of a build" if which == "kgculture" else "bulk_load"
        lines.append(f"| {which} on disk, {what} | {load['cpu']:.1f} | {load['peak']} (load alone) | |")
    for engine, told in found["engines"].items():
        if "missing" in told:
            lines.append(f"| {engine} | left out: {told['missing']} | | |")
        elif engine not in ("kgculture", "pyoxigraph on disk"):
            lines.append(f"| {engine} | {told['load']['cpu']:.1f} | {told['peak']} | {told['version']} |")
        else:
            lines.append(f"| {engine}, to open | {told['load']['cpu']:.2f} | {told['peak']} | {told['version']} |")
    return [*lines, ""]


def _seconds(answer: dict[str, Any]) -> str:
    if "over" in answer:
        return f"> {answer['over']:.0f}"
    if "failed" in answer:
        return str(answer["failed"])
    value = answer["cpu"]
    return f"{value * 1000:.2g} ms" if value < 0.0995 else f"{value:.3g}"


def _questions(found: dict[str, Any]) -> list[str]:
    engines = {engine: told for engine, told in found["engines"].items() if "answers" in told}
    lines = ["### Six questions", "", "| | rows | " + " | ".join(engines) + " |", "|---|---|" + "---|" * len(engines)]
    for name, (what, _) in QUESTIONS.items():
        rows = engines["kgculture"]["answers"][name]["rows"]
        cells = [_seconds(told["answers"][name]) for told in engines.values()]
        lines.append(f"| {what} | {rows:,} | " + " | ".join(cells) + " |")
    return [*lines, ""]


def _side(found: dict[str, Any]) -> list[str]:
    lines = ["### Ours beside raw pyoxigraph, by turns", "", "| | rows | ours | raw | ratio |", "|---|---|---|---|---|"]
    for pairs in found["side"].values():
        for name, pair in pairs.items():
            ours, raw = (_seconds({"cpu": pair[side]}) for side in ("ours", "raw"))
            lines.append(f"| {name} | {pair['rows']:,} | {ours} | {raw} | {pair['ratio']:.2f} |")
    told = found["command"]
    lines.append(
        f"| `kgculture met NAME`, whole process | {told['rows']:,} | {told['met']:.3f} | start-up {told['start']:.3f}, query "
        f"{told['query']:.3f} | {told['met'] / (told['query'] + told['start']):.2f} |"
    )
    return [*lines, ""]


def _shapes(found: dict[str, Any]) -> list[str]:
    if "shapes" not in found:
        return []
    lines = [
        "### SHACL, the same results",
        "",
        "| shapes | graphs | triples | found | ours | pyshacl on rdflib | times faster |",
    ]
    lines.append("|---|---|---|---|---|---|---|")
    for name, told in found["shapes"].items():
        ratio = told["pyshacl"] / told["ours"]
        ours, theirs = (_seconds({"cpu": told[side]}) for side in ("ours", "pyshacl"))
        lines.append(
            f"| {name} | {told['graphs']} | {told['quads']:,} | {told['found']} | {ours} | {theirs} | {ratio:.0f} |"
        )
    return [*lines, ""]


def _correct(found: dict[str, Any]) -> list[str]:
    read = "articles read" if found["face"] == "articles" else "facts taken as known: what resolution makes of them"
    note = "“One node”: the share of those found whose articles all tell of one and the same thing (titles in other languages hide it)."
    return [f"### The graph beside the known facts ({read})", "", *found["correct"]["table"], "", note, ""]


# ----------------------------------------------------------------------------------------------------------------- plots


def questions_plot(sizes: dict[str, Any]) -> str:
    """Bars, on a logarithmic scale: each question, each engine, at the largest size that all engines were asked at."""
    name, found = max(sizes.items(), key=lambda item: sum("answers" in e for e in item[1]["engines"].values()))
    for other, told in sizes.items():  # of equal ones the largest
        if sum("answers" in e for e in told["engines"].values()) == sum(
            "answers" in e for e in found["engines"].values()
        ):
            name, found = other, told
    engines = {engine: told["answers"] for engine, told in found["engines"].items() if "answers" in told}
    low, high, left, width, step = 1e-4, 200.0, 300, 500, 11
    scale = width / math.log10(high / low)
    parts, y = [], 30
    for question, (what, _) in QUESTIONS.items():
        parts.append(_text(left - 8, y + step * len(engines) / 2 + 4, what, "end"))
        for number, answers in enumerate(engines.values()):
            answer = answers[question]
            seconds = answer.get("cpu", answer.get("over", low))
            long = max(1.0, math.log10(max(seconds, low) / low) * scale)
            parts.append(_rect(left, y + step * number, long, step - 2, COLOURS[number]))
            parts.append(
                _text(
                    left + long + 3,
                    y + step * number + step - 3,
                    _seconds(answer) + ("" if seconds < 0.1 else " s"),
                    size=8,
                )
            )
        y += step * len(engines) + 10
    for number, engine in enumerate(engines):
        parts.append(_rect(left + number * 92, y, 9, 9, COLOURS[number]))
        parts.append(_text(left + number * 92 + 12, y + 8, engine.replace("pyoxigraph", "pyox."), size=8))
    title = f"Processor seconds for each question, {name} triples (logarithmic)"
    return _svg(left + width + 70, y + 22, [_text(left, 18, title), *parts])


def build_plot(sizes: dict[str, Any]) -> str:
    """Stacked bars: milliseconds an article takes in each stage, by size."""
    stages = list(dict.fromkeys(stage for found in sizes.values() for stage in found["build"]["stages"]))
    each = {
        name: {stage: s / found["build"]["articles"] * 1000 for stage, s in found["build"]["stages"].items()}
        for name, found in sizes.items()
    }
    scale = 520 / max(sum(one.values()) for one in each.values())
    parts, y = [_text(90, 18, "Milliseconds of the processor for an article, by stage")], 32
    for name, one in each.items():
        x = 90.0
        parts.append(_text(82, y + 15, name, "end"))
        for number, stage in enumerate(stages):
            long = one.get(stage, 0.0) * scale
            parts.append(_rect(x, y, long, 20, COLOURS[number]))
            x += long
        parts.append(_text(x + 5, y + 15, f"{sum(one.values()):.1f} ms, {sizes[name]['build']['peak']} MB", size=9))
        y += 30
    for number, stage in enumerate(stages):
        parts.append(_rect(90 + number * 110, y, 9, 9, COLOURS[number]))
        parts.append(_text(90 + number * 110 + 13, y + 8, stage, size=9))
    return _svg(740, y + 22, parts)


def _text(x: float, y: float, text: str, anchor: str = "start", size: int = 11) -> str:
    return f'<text x="{x:.0f}" y="{y:.0f}" text-anchor="{anchor}" font-size="{size}">{escape(text)}</text>'


def _rect(x: float, y: float, width: float, height: float, colour: str) -> str:
    return f'<rect x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}" fill="{colour}"/>'


def _svg(width: float, height: float, parts: list[str]) -> str:
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:.0f} {height:.0f}" font-family="sans-serif" fill="#222">'
    return "\n".join([head, f'<rect width="{width:.0f}" height="{height:.0f}" fill="#fff"/>', *parts, "</svg>", ""])


if __name__ == "__main__":
    write(json.loads(Path(sys.argv[1]).read_text(encoding="utf-8")), Path(sys.argv[2]))
