"""Facts as JSON and back, field by field of `kgculture.model`: nothing executable, nothing lost."""

from __future__ import annotations

import dataclasses
import hashlib
import json
import types
from collections.abc import Callable
from functools import cache
from typing import Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

from kgculture import model

T = TypeVar("T")
_Decoder = Callable[[Any], Any]


def encode(value: Any) -> Any:
    """Plain lists, dicts, strings, numbers for a value of the model. Fields that hold their default are left out."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        if isinstance(value, model.Passage):
            return [value.start, value.end]
        found = {}
        for name, default in _defaults(type(value)):
            item = getattr(value, name)
            if item != default:
                found[name] = encode(item)
        return found
    if isinstance(value, tuple | list):
        return [encode(item) for item in value]
    if isinstance(value, dict):
        return {key: encode(item) for key, item in value.items()}
    return value


def to_json(value: Any) -> str:
    """One line of JSON, the same for equal values."""
    return json.dumps(encode(value), ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def from_json(cls: type[T], text: str) -> T:
    """The inverse of `to_json`. Raises ValueError, KeyError or TypeError for JSON that is not of this class."""
    return decode(cls, json.loads(text))


def decode(cls: type[T], plain: Any) -> T:
    """The inverse of `encode`. Raises as `from_json` does."""
    made: _Decoder = _decoder(cls)  # type: ignore[arg-type]
    value: T = made(plain)
    return value


def digest(article: model.Article) -> str:
    """SHA-256 of all that an article's facts depend on: everything but the place where it was read from."""
    return hashlib.sha256(to_json(dataclasses.replace(article, path=None)).encode()).hexdigest()


@cache
def _defaults(cls: type) -> tuple[tuple[str, Any], ...]:
    return tuple((f.name, f.default) for f in dataclasses.fields(cls))


@cache
def _decoder(kind: Any) -> _Decoder:
    origin = get_origin(kind)
    if origin is Literal or kind in (str, int, float, bool, Any):
        return float if kind is float else _same
    if origin in (Union, types.UnionType):
        inner = _decoder(next(arg for arg in get_args(kind) if arg is not type(None)))
        return lambda value: None if value is None else inner(value)
    if origin is tuple:
        item, *rest = get_args(kind)
        if rest == [Ellipsis]:
            one = _decoder(item)
            return lambda value: tuple(one(part) for part in value)
        several = [_decoder(arg) for arg in (item, *rest)]
        return lambda value: tuple(decode(part) for decode, part in zip(several, value, strict=True))
    if kind is model.Passage:
        return lambda value: model.Passage(*value)
    if dataclasses.is_dataclass(kind) and isinstance(kind, type):
        return _fields(kind)
    raise TypeError(f"no JSON for {kind}")


def _fields(kind: type[Any]) -> _Decoder:
    hints = get_type_hints(kind)
    decoders = {f.name: _decoder(hints[f.name]) for f in dataclasses.fields(kind)}
    return lambda value: kind(**{name: decoders[name](part) for name, part in value.items()})


def _same(value: Any) -> Any:
    return value
