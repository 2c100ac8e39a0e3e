"""Asking SSB, against a small local server of the same form (no test reaches outside the machine)."""

import json
import threading
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import pytest

from bosett.kilder import ssb
from bosett.kilder.feil import Hentefeil, Lesefeil

ENDRINGER = {
    "codeChanges": [
        {
            "oldCode": "1507",
            "oldName": "Ålesund",
            "newCode": "1580",
            "newName": "Haram",
            "changeOccurred": "2024-01-01",
        }
    ]
}
KODER = {"codes": [{"code": "0301", "parentCode": "03", "level": "1", "name": "Oslo - Oslove"}]}
KUBE = {
    "class": "dataset", "version": "2.0", "id": ["Region", "Tid"], "size": [1, 1], "value": [728714],
    "dimension": {"Region": {"category": {"index": ["0301"]}}, "Tid": {"category": {"index": ["2026"]}}},
}  # fmt: skip


class _Ssb(BaseHTTPRequestHandler):
    def do_GET(self):
        sti = urlsplit(self.path)
        self.server.sett.append((sti.path, parse_qs(sti.query)))
        svar = {
            "/api/klass/v1/classifications/131/changes.json": ENDRINGER,
            "/api/klass/v1/classifications/131/codesAt.json": KODER,
        }
        self._svar(svar.get(sti.path))

    def do_POST(self):
        sporring = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.sett.append((self.path, sporring))
        self._svar(KUBE if self.path == "/api/v0/no/table/07459" else None)

    def _svar(self, innhold):
        if self.server.treg:
            self.server.stopp.wait(5)
        raa = b"ikke json" if self.server.tull else json.dumps(innhold or {"error": "finnes ikke"}).encode()
        self.send_response(200 if innhold or self.server.tull else 404)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(raa)))
        self.end_headers()
        self.wfile.write(raa)

    def log_message(self, *_):
        pass


@pytest.fixture
def tjener():
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Ssb)
    server.sett, server.treg, server.tull, server.stopp = [], False, False, threading.Event()
    traad = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    traad.start()
    server.base = f"http://127.0.0.1:{server.server_port}/api"
    yield server
    server.stopp.set()
    server.shutdown()
    traad.join()
    server.server_close()


def test_endringer_og_koder(tjener, monkeypatch):
    monkeypatch.setenv("BOSETT_SSB_URL", tjener.base)
    endringer, svar = ssb.hent_endringer(date(1990, 1, 1), date(2026, 1, 1))
    assert [(e.gammel_kode, e.ny_kode) for e in endringer] == [("1507", "1580")]
    assert len(svar.sha256) == 64
    koder, _ = ssb.hent_koder(date(2026, 1, 1))
    assert koder[0].navn == "Oslo - Oslove"
    assert [parametre for _, parametre in tjener.sett] == [
        {"from": ["1990-01-01"], "to": ["2026-01-01"]},
        {"date": ["2026-01-01"]},
    ]


def test_pxweb_sporres_med_post(tjener):
    kube, _ = ssb.hent_tabell("07459", {"Region": ["*"], "Tid": ["2026"]}, base=tjener.base)
    assert kube.celler[0].verdi == 728714
    assert tjener.sett[0][1] == {
        "query": [
            {"code": "Region", "selection": {"filter": "all", "values": ["*"]}},
            {"code": "Tid", "selection": {"filter": "item", "values": ["2026"]}},
        ],
        "response": {"format": "json-stat2"},
    }


def test_en_tabell_som_ikke_finnes(tjener):
    with pytest.raises(Hentefeil, match="404") as feil:
        ssb.hent_tabell("00000", {}, base=tjener.base)
    assert "tabellnummeret" in feil.value.gjor


def test_et_svar_som_ikke_kommer(tjener):
    tjener.treg = True
    with pytest.raises(Hentefeil, match="Fikk ikke svar") as feil:
        ssb.hent_koder(date(2026, 1, 1), base=tjener.base, frist=0.2)
    assert "importer … FIL" in feil.value.gjor


def test_et_svar_som_ikke_er_det_avtalte(tjener):
    tjener.tull = True
    with pytest.raises(Lesefeil, match="JSON"):
        ssb.hent_endringer(date(2020, 1, 1), base=tjener.base)


@pytest.mark.parametrize("adresse", ["file:///etc/passwd", "ftp://ssb.no", "data.ssb.no"])
def test_bare_nettadresser(adresse):
    with pytest.raises(Hentefeil, match="ikke en nettadresse"):
        ssb.hent(adresse)


def test_ingen_der():
    with pytest.raises(Hentefeil, match="Fikk ikke svar"):
        ssb.hent("http://127.0.0.1:9/api", frist=1)
