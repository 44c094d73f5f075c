"""Every error that kgculture raises on purpose, and the exit code that the CLI gives it.

    KgcultureError                1
    ├── UsageError                2   an option or argument that makes no sense
    ├── InputError                4   an article, graph or file that cannot be read
    │   └── DuplicateArticle      4   one identifier, two texts
    ├── ResourceError             5   a missing file of ours, a missing extra, a store that is not there
    │   └── StoreError            5   a store that cannot be opened, is locked or of another format
    ├── QueryError                6   SPARQL that does not parse or run, an unknown saved query
    └── CheckFailed               7   a check (validation, evaluation) that did not hold

A message is one line, names the input and says what is wrong; `hint` says what to try next.
"""

from __future__ import annotations

from typing import ClassVar

#: Exit codes that no exception carries: all well; built, but inputs were skipped or facts withheld.
OK = 0
INCOMPLETE = 3


class KgcultureError(Exception):
    """Root of all errors. `exit_code` is what the CLI ends with."""

    exit_code: ClassVar[int] = 1

    def __init__(self, message: str, hint: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class UsageError(KgcultureError):
    exit_code = 2


class InputError(KgcultureError):
    exit_code = 4


class DuplicateArticle(InputError):
    """Two different texts claim one identifier."""


class ResourceError(KgcultureError):
    exit_code = 5


class StoreError(ResourceError):
    """A store that cannot be opened, is locked, or was written in another format."""


class QueryError(KgcultureError):
    exit_code = 6


class CheckFailed(KgcultureError):
    exit_code = 7
