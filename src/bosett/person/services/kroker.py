"""What rooms above want to be told of; they register themselves when the application starts."""

from collections.abc import Callable, Iterable

ved_ny: list[Callable[[str, Iterable[str]], None]] = []
"""Called with «duf» and numbers, or «mottak» and a code, when somebody or a centre is registered otherwise than by a message."""


def meld_ny(slag: str, koder: Iterable[str]) -> None:
    for lytter in ved_ny:
        lytter(slag, koder)
