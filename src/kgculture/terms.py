"""The terms of the ontology as plain strings. GENERATED from ontology/*.ttl by scripts/generate_terms.py; do not edit.

Names are local names of `https://w3id.org/kgculture/ontology#`; `kgc("Meeting")` gives the IRI and refuses a name that
the ontology does not declare. `SUPERCLASSES` and `SUPERPROPERTIES` are transitive and hold terms of this ontology only.
"""

from __future__ import annotations

VERSION = "0.1.0"
KGC = "https://w3id.org/kgculture/ontology#"
KGR = "https://w3id.org/kgculture/id/"
ARTICLE = "https://w3id.org/kgculture/article/"
ALL_GRAPH = "https://w3id.org/kgculture/graph/all"
TOPIC = KGR + "topic-"

PREFIXES: dict[str, str] = {
    "crm": "http://www.cidoc-crm.org/cidoc-crm/",
    "dcterms": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "kgc": "https://w3id.org/kgculture/ontology#",
    "kgr": "https://w3id.org/kgculture/id/",
    "org": "http://www.w3.org/ns/org#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "schema": "https://schema.org/",
    "sem": "http://semanticweb.cs.vu.nl/2009/11/sem/",
    "sh": "http://www.w3.org/ns/shacl#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "time": "http://www.w3.org/2006/time#",
    "vann": "http://purl.org/vocab/vann/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}

CLASSES: frozenset[str] = frozenset(
    {
        "Agreement",
        "AgreementType",
        "AnimatedFilm",
        "Article",
        "Book",
        "City",
        "Competition",
        "Concert",
        "Country",
        "Creator",
        "CulturalEvent",
        "DaysOfCulture",
        "Ensemble",
        "Evidence",
        "Exhibition",
        "Festival",
        "Film",
        "FilmScreening",
        "Forum",
        "Meeting",
        "MeetingFormat",
        "Merge",
        "Minister",
        "Office",
        "Opera",
        "Organization",
        "Participation",
        "Performance",
        "Person",
        "Place",
        "Play",
        "Proposal",
        "Region",
        "Report",
        "Sector",
        "Stage",
        "Statement",
        "StatementMode",
        "Status",
        "Tenure",
        "TenureStatus",
        "Value",
        "Venue",
        "Work",
    }
)

PROPERTIES: frozenset[str] = frozenset(
    {
        "about",
        "agreementType",
        "article",
        "articleText",
        "asOf",
        "basedOnWorksBy",
        "because",
        "capacity",
        "chair",
        "confidence",
        "country",
        "discussedAt",
        "earliest",
        "endDate",
        "endOffset",
        "evidence",
        "format",
        "hasPart",
        "headOfSide",
        "holder",
        "holdsTenure",
        "in",
        "inferred",
        "isoCode",
        "latest",
        "maybeSame",
        "mentions",
        "merged",
        "mergedInto",
        "met",
        "ministerial",
        "mode",
        "occasion",
        "office",
        "officeTitle",
        "onBehalfOf",
        "ordinal",
        "organization",
        "organizer",
        "partOf",
        "participant",
        "participatesIn",
        "party",
        "performer",
        "period",
        "periodEnd",
        "periodStart",
        "place",
        "presents",
        "proposedAt",
        "proposer",
        "proposes",
        "quote",
        "reportedBy",
        "reports",
        "rule",
        "sector",
        "sessionOf",
        "signatory",
        "signedDuring",
        "signedOn",
        "speaker",
        "stage",
        "startDate",
        "startOffset",
        "status",
        "supporter",
        "supports",
        "tenureStatus",
        "text",
        "textDigest",
        "topic",
        "topicText",
        "venue",
        "who",
        "work",
        "workCount",
        "workCountIsMinimum",
        "worksBy",
    }
)

#: values such as Held, Roadmap, Bilateral
INDIVIDUALS: frozenset[str] = frozenset(
    {
        "Accord",
        "Acting",
        "Archive",
        "Bilateral",
        "Cancelled",
        "Conference",
        "Contract",
        "Current",
        "Declaration",
        "Denied",
        "Designate",
        "Education",
        "Film",
        "Former",
        "Held",
        "InPreparation",
        "Initialled",
        "Library",
        "Media",
        "Memorandum",
        "Museum",
        "Music",
        "Plan",
        "Planned",
        "Program",
        "Proposed",
        "Protocol",
        "Quoted",
        "Religion",
        "Reported",
        "Roadmap",
        "Session",
        "Signed",
        "Summit",
        "Telephone",
        "Theatre",
        "Treaty",
        "UnderDiscussion",
        "Video",
    }
)

#: the values by their class: TenureStatus, AgreementType, Sector ...
VALUES: dict[str, frozenset[str]] = {
    "AgreementType": frozenset(
        {
            "Accord",
            "Contract",
            "Declaration",
            "Memorandum",
            "Plan",
            "Program",
            "Protocol",
            "Roadmap",
            "Treaty",
        }
    ),
    "MeetingFormat": frozenset(
        {
            "Bilateral",
            "Conference",
            "Session",
            "Summit",
            "Telephone",
            "Video",
        }
    ),
    "Sector": frozenset(
        {
            "Archive",
            "Education",
            "Film",
            "Library",
            "Media",
            "Museum",
            "Music",
            "Religion",
            "Theatre",
        }
    ),
    "Stage": frozenset(
        {
            "InPreparation",
            "Initialled",
            "Proposed",
            "Signed",
            "UnderDiscussion",
        }
    ),
    "StatementMode": frozenset(
        {
            "Quoted",
            "Reported",
        }
    ),
    "Status": frozenset(
        {
            "Cancelled",
            "Denied",
            "Held",
            "Planned",
            "Signed",
        }
    ),
    "TenureStatus": frozenset(
        {
            "Acting",
            "Current",
            "Designate",
            "Former",
        }
    ),
}

SUPERCLASSES: dict[str, tuple[str, ...]] = {
    "AgreementType": ("Value",),
    "AnimatedFilm": ("Film", "Work"),
    "Book": ("Work",),
    "City": ("Place",),
    "Competition": ("CulturalEvent",),
    "Concert": ("CulturalEvent",),
    "Country": ("Place",),
    "DaysOfCulture": ("CulturalEvent",),
    "Ensemble": ("Organization",),
    "Exhibition": ("CulturalEvent",),
    "Festival": ("CulturalEvent",),
    "Film": ("Work",),
    "FilmScreening": ("CulturalEvent",),
    "Forum": ("CulturalEvent",),
    "MeetingFormat": ("Value",),
    "Minister": ("Person",),
    "Opera": ("Work",),
    "Performance": ("CulturalEvent",),
    "Play": ("Work",),
    "Region": ("Place",),
    "Sector": ("Value",),
    "Stage": ("Value",),
    "StatementMode": ("Value",),
    "Status": ("Value",),
    "TenureStatus": ("Value",),
    "Venue": ("Place",),
}

SUPERPROPERTIES: dict[str, tuple[str, ...]] = {
    "chair": ("participant",),
    "headOfSide": ("participant",),
    "periodEnd": ("period",),
    "periodStart": ("period",),
}

#: keys of the concepts of ontology/topics.ttl
TOPICS: frozenset[str] = frozenset(
    {
        "animation",
        "anniversaries",
        "archives",
        "cinema",
        "circus",
        "crafts",
        "creative-industries",
        "dance",
        "digitalisation",
        "education",
        "exchange",
        "fashion",
        "heritage",
        "information",
        "language",
        "libraries",
        "literature",
        "media",
        "museums",
        "music",
        "photography",
        "publishing",
        "religion",
        "research",
        "science",
        "sport",
        "theatre",
        "tourism",
        "tours",
        "training",
        "translation",
        "victory",
        "visual-art",
        "volunteering",
        "youth",
    }
)


def kgc(local: str) -> str:
    """The IRI of a term of the ontology, from its local name. Raises KeyError for a name that is not declared."""
    if local in CLASSES or local in PROPERTIES or local in INDIVIDUALS:
        return KGC + local
    raise KeyError(f"the ontology declares no kgc:{local}")


def topic(key: str) -> str:
    """The IRI of a concept of the topic scheme, from its key ("cinema"). Raises KeyError for an unknown key."""
    if key in TOPICS:
        return TOPIC + key
    raise KeyError(f"the topic scheme has no concept {key}")
