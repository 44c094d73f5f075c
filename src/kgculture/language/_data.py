"""Reads the YAML of a language from its lexicon folder."""

from __future__ import annotations

from typing import Any

from kgculture.errors import ResourceError
from kgculture.resources import folder


def read(code: str, name: str) -> dict[str, Any]:
    """The mapping in `lexicon/<code>/<name>.yaml`. Raises ResourceError where it is missing or no mapping."""
    import yaml

    path = folder("lexicon") / code / f"{name}.yaml"
    try:
        data = yaml.load(path.read_text("utf-8"), getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except (OSError, yaml.YAMLError) as error:
        raise ResourceError(f"{path}: {' '.join(str(error).split())}", "install the package again") from error
    if not isinstance(data, dict):
        raise ResourceError(f"{path}: not a mapping", "install the package again")
    return data
