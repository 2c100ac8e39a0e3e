"""How a view says who may use it. A view without one of these marks is refused by the middleware and fails a test."""

from collections.abc import Callable
from typing import Any, TypeVar

V = TypeVar("V", bound=Callable[..., Any])


def krever(rett: str) -> Callable[[V], V]:
    """Only actors with this act or read in some organisation; the selector or service checks the thing itself."""

    def merk(view: V) -> V:
        view.rett = rett  # type: ignore[attr-defined]
        return view

    return merk


def offentlig(view: V) -> V:
    """Everybody, without log-in."""
    view.offentlig = True  # type: ignore[attr-defined]
    return view


def publisert(view: V) -> V:
    """Everybody, reading with the database role that can see published figures only; may be answered from memory."""
    view.offentlig = view.publisert = True  # type: ignore[attr-defined]
    return view


def innlogget(view: V) -> V:
    """Every signed-in user, whatever the role."""
    view.bare_innlogging = True  # type: ignore[attr-defined]
    return view


def passordbytte(view: V) -> V:
    """Also open to somebody who must choose a new password before anything else."""
    view.passordbytte = True  # type: ignore[attr-defined]
    return view
