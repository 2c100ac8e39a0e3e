"""What rooms above want to be told of; they register themselves when the application starts."""

from collections.abc import Callable, Iterable, Sequence

ved_ny: list[Callable[[str, Iterable[str]], None]] = []
"""Called with «duf» and numbers, or «mottak» and a code, when somebody or a centre is registered otherwise than by a message."""


def meld_ny(slag: str, koder: Iterable[str]) -> None:
    for lytter in ved_ny:
        lytter(slag, koder)


ved_em: list[Callable[[Sequence[int]], None]] = []
"""Called with households in which somebody who came as an unaccompanied minor is concerned: she has come, moved, left, grown up,
or was found to be none. Inside the transaction that changed it."""


def meld_em(husholdninger: Sequence[int]) -> None:
    for lytter in ved_em if husholdninger else ():
        lytter(husholdninger)
