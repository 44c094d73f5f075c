"""kgculture: news on cultural diplomacy as a validated knowledge graph, each fact with its sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kgculture.api import Graph, Meeting, Participant, Person, Rows, Source, build, forget, open

__version__ = "0.1.0"

__all__ = ["Graph", "Meeting", "Participant", "Person", "Rows", "Source", "__version__", "build", "forget", "open"]


def __getattr__(name: str) -> Any:
    """The public names, each imported when first asked for: `import kgculture` alone loads nothing."""
    if name in __all__:
        from kgculture import api

        return getattr(api, name)
    raise AttributeError(f"module 'kgculture' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)
