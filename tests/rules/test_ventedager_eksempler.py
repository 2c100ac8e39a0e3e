"""The examples of `ventedager.yaml`, which a lawyer can read: what happened, and who owns the days."""

from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml

from bosett.person.rules.ventedager import Hendelse, Retting
from bosett.person.rules.venting import KARTLAGT, Fakta, Medlem, venting

EKSEMPLER = yaml.safe_load(Path(__file__).with_name("ventedager.yaml").read_text("utf-8"))


def _medlem(nr: int, felt: dict[str, Any]) -> Medlem:
    tider = {
        "tillatelser": [(t["fra"], t.get("til"), t["grunnlag"]) for t in felt.pop("tillatelser", [])],
        "bor": [(b["fra"], b.get("til"), b["type"]) for b in felt.pop("bor", [])],
        "verger": [(v["fra"], v.get("til")) for v in felt.pop("verger", [])],
    }
    return Medlem(nr=str(nr), **felt, **tider)


@pytest.mark.krav("R179")
@pytest.mark.parametrize("ett", EKSEMPLER, ids=[ett["navn"] for ett in EKSEMPLER])
def test_the_days_by_owner_add_up_to_the_wait(ett: dict[str, Any]) -> None:
    medlemmer = [_medlem(nr, dict(felt)) for nr, felt in enumerate(ett["medlemmer"])]
    hendelser = [Hendelse(h["dag"], 0, h["slag"]) for h in ett.get("hendelser", [])]
    svar = venting(
        Fakta(
            apnet=min(m.fra for m in medlemmer),
            medlemmer=medlemmer,
            lop=ett["lop"],
            avsluttet=ett.get("avsluttet"),
            egne=[(e["slag"], e["fra"], e.get("til")) for e in ett.get("egne", [])],
            sokt=ett.get("sokt"),
        ),
        flere=hendelser,
        rettinger=[Retting(nr, **r) for nr, r in enumerate(ett.get("rettinger", []))],
        kartlegges=any(h.slag == KARTLAGT for h in hendelser),
    )
    assert (svar.fra, svar.tillatt, svar.maal) == (ett["venter_fra"], ett["tillatt"], ett["maal"])
    assert [i._asdict() | {"retting": None} for i in svar.dager] == [
        i | {"retting": None} for i in ett["intervaller"]
    ]
    per_eier = Counter[str]()
    for i in svar.dager:
        per_eier[i.eier] += i.dager(ett["dag"])
    assert dict(per_eier) == ett["per_eier"] and per_eier.total() == ett["dager"]
    if svar.fra is not None:
        slutt = min(ett["dag"], svar.dager[-1].til or ett["dag"])
        assert ett["dager"] == (slutt - svar.fra).days
