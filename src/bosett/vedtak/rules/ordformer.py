"""Words as the second reader sees them: both written forms, and all endings of a word, are one."""

import re
from functools import cache, lru_cache

from bosett.vedtak.rules.leksikon import innhold_av

# The longest first; what is left must be a word.
_ENDELSER = re.compile(
    r"(?<=\w{3})(?:hetene|heitene|ingane|ingene|ane|ene|ande|ende|ast|ane|ets|ens|ar|er|en|et|es|as|te|de|a|e|t|s)$"
)
_LYDER = (
    ("heit", "het"),
    ("leg", "lig"),
    ("leik", "het"),
    ("kv", "hv"),
    ("føre", "fore"),
    ("skule", "skole"),
    ("teneste", "tjeneste"),
)


@cache
def _like() -> dict[str, str]:
    """Every word that is read as another, with its stem's stem so that endings of the kept word agree."""
    ut: dict[str, str] = {}
    for linje in innhold_av("ordformer.yaml")["like"].splitlines():
        ord_, kolon, andre = linje.strip().partition(":")
        if kolon:
            for ett in (ord_, *andre.split()):
                ut.setdefault(ett, ord_)
    for ett in list(ut):
        if len(kort := _ENDELSER.sub("", ett)) > 3:
            ut.setdefault(kort, ut[ett])
    return ut


@lru_cache(maxsize=50_000)
def grunnform(ord_: str) -> str:
    """What is left of a word when written form and ending are taken away: «bustadene» and «boligen» are «bolig»."""
    like = _like()
    if ord_ in like:
        return like[ord_]
    kort = _ENDELSER.sub("", ord_)
    for fra, til in _LYDER:
        kort = kort.replace(fra, til)
    return like.get(kort, kort)
