"""Frozen dataclasses to plain JSON data and back, strictly.

A letter is stored as JSON and must come back as exactly the same value years later, so nothing is coerced: an unknown
field, an unknown kind or a wrong type is an error. A union is told apart by the key ``slag``, which every dataclass of
a union carries as its class name.
"""

from __future__ import annotations

import dataclasses
import types
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

T = TypeVar("T")


class UgyldigForm(ValueError):
    """Stored JSON does not have the form of the type that was asked for."""


def til_data(verdi: Any) -> Any:
    """The value as dicts, lists, strings, numbers, true/false and null; dates in ISO form, decimals as strings."""
    if verdi is None or isinstance(verdi, str | int):  # bool is an int
        return verdi
    klasse = type(verdi)
    if dataclasses.is_dataclass(klasse):
        return {"slag": klasse.__name__} | {
            navn: til_data(getattr(verdi, navn)) for navn in _felttyper(klasse)
        }
    if isinstance(verdi, tuple):
        return [til_data(v) for v in verdi]
    if isinstance(verdi, datetime | date):
        return verdi.isoformat()
    if isinstance(verdi, Decimal):
        return str(verdi)
    raise UgyldigForm(f"{type(verdi).__name__} har ingen JSON-form her")


def fra_data(type_: type[T], data: Any) -> T:
    """The value of ``type_`` that :func:`til_data` made ``data`` from. Raises :class:`UgyldigForm`."""
    verdi: T = _les(type_, data, "")
    return verdi


@cache
def _felttyper(klasse: type) -> dict[str, Any]:
    return get_type_hints(klasse)


def _les(type_: Any, data: Any, sti: str) -> Any:
    opphav = get_origin(type_)
    if opphav in (Union, types.UnionType):
        return _les_union(get_args(type_), data, sti)
    if opphav is tuple:
        if not isinstance(data, list):
            raise UgyldigForm(f"{sti or '/'}: ventet en liste")
        element = get_args(type_)[0]
        return tuple(_les(element, v, f"{sti}/{i}") for i, v in enumerate(data))
    if dataclasses.is_dataclass(type_):
        return _les_dataklasse(type_, data, sti)
    return _les_enkel(type_, data, sti)


def _les_union(grener: tuple[Any, ...], data: Any, sti: str) -> Any:
    if data is None and type(None) in grener:
        return None
    valgte = [g for g in grener if g is not type(None)]
    if len(valgte) == 1:
        return _les(valgte[0], data, sti)
    slag = data.get("slag") if isinstance(data, dict) else None
    for gren in valgte:
        if dataclasses.is_dataclass(gren) and getattr(gren, "__name__", "") == slag:
            return _les(gren, data, sti)
    raise UgyldigForm(f"{sti or '/'}: ukjent slag «{slag}»")


def _les_dataklasse(type_: Any, data: Any, sti: str) -> Any:
    if not isinstance(data, dict) or data.get("slag") != type_.__name__:
        raise UgyldigForm(f"{sti or '/'}: ventet {type_.__name__}")
    typer = _felttyper(type_)
    ukjente = set(data) - set(typer) - {"slag"}
    if ukjente:
        raise UgyldigForm(f"{sti or '/'}: ukjente felt {sorted(ukjente)}")
    manglende = set(typer) - set(data)
    if manglende:
        raise UgyldigForm(f"{sti or '/'}: felt mangler {sorted(manglende)}")
    return type_(**{navn: _les(typer[navn], data[navn], f"{sti}/{navn}") for navn in typer})


def _les_enkel(type_: Any, data: Any, sti: str) -> Any:
    try:
        if type_ in (date, datetime, Decimal) and isinstance(data, str):
            return type_(data) if type_ is Decimal else type_.fromisoformat(data)
        if isinstance(type_, type) and issubclass(type_, str) and isinstance(data, str):
            return type_(data)
    except (ValueError, ArithmeticError) as feil:
        raise UgyldigForm(f"{sti or '/'}: {data!r} er ikke {type_.__name__}") from feil
    if type_ in (int, bool) and type(data) is type_:
        return data
    raise UgyldigForm(f"{sti or '/'}: ventet {getattr(type_, '__name__', type_)}")
