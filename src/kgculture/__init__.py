"""kgculture: news on cultural diplomacy as a validated knowledge graph, each fact with its sentence."""

from __future__ import annotations

__version__ = "0.1.0"
