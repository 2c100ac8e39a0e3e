"""Fill a throw-away database with as many invented persons as a measurement needs, past the services: for measurements only.

Names are the simulator's, numbers can belong to nobody (a control pair of 99), and one household in ten is open: at a million persons
40 000 wait, more than in any year so far.
"""

from itertools import product
from typing import Any

from bosett.cli._maal import adminkonto

APEN_HVER = 10
_FYLL = (
    """INSERT INTO tilgang_subjekt (id, uuid, slag, opprettet)
       SELECT id, gen_random_uuid(), 'husholdning', now() FROM nye""",
    """INSERT INTO person_husholdning (subjekt_id, udi_sak, apnet, avsluttet, slutt, lop, ansvar, antall, klar_fra, mangler, opprettet)
       SELECT id, 'YT-' || id, date '2012-01-01' + (nr % 5000)::int, CASE WHEN apen THEN NULL ELSE date '2026-07-01' END,
              CASE WHEN apen THEN '' ELSE 'bosatt' END, CASE WHEN apen THEN 'mottak' ELSE 'avsluttet' END, 'imdi', antall,
              CASE WHEN apen AND nr % 3 > 0 THEN date '2026-02-01' END, CASE WHEN apen AND nr % 3 = 0 THEN '[{"kode": "tillatelse"}]' ELSE '[]' END::jsonb, now()
       FROM nye""",
    """INSERT INTO person_person (id, uuid, husholdning_id, rolle, navn, sorteringsnavn, fodt, kjonn, statsborgerskap, spraak, tolkespraak,
                                 adressesperre, enslig_mindrearig, familieslag, meldt, opprettet)
       SELECT person, gen_random_uuid(), id, rolle, fornavn || ' ' || etternavn, lower(etternavn || ', ' || fornavn), date '1960-01-01' + (person % 20000)::int,
              CASE WHEN person % 2 = 0 THEN 'kvinne' ELSE 'mann' END, 'SYR', '["ara"]'::jsonb, 'ara', '', false, '', '{"slag": "asyl"}'::jsonb, now()
       FROM nye_personer""",
    """INSERT INTO person_navn (person_id, skrift, fornavn, etternavn, fra, kjent_fra, kilde, kilde_nr, hvorfor)
       SELECT person, 'Latn', fornavn, etternavn, date '2026-01-01', now(), 'udi', 1, '' FROM nye_personer""",
    """INSERT INTO person_nummer (person_id, slag, nummer, fra, kjent_fra, kilde, kilde_nr, hvorfor)
       SELECT person, 'duf', (2000000000 + person) || '99', date '2026-01-01', now(), 'udi', 1, '' FROM nye_personer""",
    """INSERT INTO person_medlem (person_id, husholdning_id, rolle, fra, kjent_fra, kilde, kilde_nr, hvorfor)
       SELECT person, id, rolle, date '2026-01-01', now(), 'udi', 1, '' FROM nye_personer""",
    """INSERT INTO person_opphold (person_id, grunnlag, vedtatt, fra, kjent_fra, kilde, kilde_nr, hvorfor)
       SELECT person, 'flyktning', date '2026-02-01', date '2026-02-01', now(), 'udi', 2, '' FROM nye_personer WHERE nr % 3 > 0""",
    """INSERT INTO person_mottaksopphold (person_id, mottak_id, fra, kjent_fra, kilde, kilde_nr, hvorfor)
       SELECT person, mottak, date '2026-01-01', now(), 'udi', 3, '' FROM nye_personer WHERE apen""",
    """INSERT INTO kartlegging_kartlegging (uuid, person_id, skjemaversjon, tilstand, spraak, registrert, fullfort, fullfort_forst)
       SELECT gen_random_uuid(), person, 1, 'fullfort', 'ara', t, t, t FROM nye_personer, (SELECT timestamptz '2026-03-01 12:00+01' AS t) a WHERE NOT apen AND nr % 3 > 0""",
    """INSERT INTO person_sokeord (person_id, ord) SELECT p.person, o.ord FROM nye_personer p JOIN ordene o USING (fornavn, etternavn)""",
    """INSERT INTO person_lop (husholdning_id, slag, fra, hendelse, registrert) SELECT id, 'mottak', date '2026-01-01', 'person.plasser', now() FROM nye WHERE apen""",
    """INSERT INTO tilgang_deling (subjekt_id, organisasjon_id, grad, fra, til, hvorfor)
       SELECT id, mottak, 'full', now() - interval '2 days', CASE WHEN apen THEN NULL ELSE now() - interval '1 day' END, 'person.plasser' FROM nye""",
)
_NYE = f"""CREATE TEMP TABLE nye AS SELECT s + n AS id, n AS nr, n %% {APEN_HVER} = 0 AS apen, 2 + n %% 2 AS antall, m[1 + n / {APEN_HVER} %% array_length(m, 1)] AS mottak
  FROM (SELECT coalesce(max(id), 0) AS s FROM tilgang_subjekt) a, (SELECT array_agg(organisasjon_id ORDER BY organisasjon_id) AS m FROM person_mottak) b,
       generate_series(1, %s) AS n"""  # noqa: S608 - a constant
_NYE_PERSONER = """CREATE TEMP TABLE nye_personer AS SELECT nye.*, p + 3 * nr + k AS person, CASE k WHEN 1 THEN 'hoved' WHEN 2 THEN 'ektefelle' ELSE 'barn' END AS rolle,
         fornavn, etternavn
  FROM nye, (SELECT coalesce(max(id), 0) AS p FROM person_person) a, generate_series(1, 3) AS k, navnene
  WHERE k <= antall AND plass = (nr * 7 + k * 3) % (SELECT count(*) FROM navnene)"""
_TELLERE = ("tilgang_subjekt", "person_person")


def fyll(til: int) -> int:
    """Make the database hold about `til` persons. Gives how many there are. Never on a database that is somebody's."""
    import psycopg  # noqa: PLC0415 - runs in a process of its own

    konto = adminkonto()
    with psycopg.connect(**konto) as db:
        har = _en(db, "SELECT count(*) FROM person_person")
        if har < til:
            db.execute("SET session_replication_role = replica")  # no look for every pointer
            _navnene(db)
            db.execute(_NYE, [round((til - har) / 2.5)])
            db.execute(_NYE_PERSONER)
            for setning in _FYLL:
                db.execute(setning)
            for tabell in _TELLERE:
                db.execute(
                    f"SELECT setval(pg_get_serial_sequence('{tabell}', 'id'), (SELECT max(id) FROM {tabell}))"  # noqa: S608 - constants
                )
        antall = _en(db, "SELECT count(*) FROM person_person")
    with psycopg.connect(**konto, autocommit=True) as db:
        db.execute("VACUUM ANALYZE")
    return antall


def _en(db: Any, sporring: str) -> int:
    return int(db.execute(sporring).fetchone()[0])


def _navnene(db: Any) -> None:
    """Every pair of the simulator's first and last names, with the words one may search it by."""
    from bosett.integrasjon.simulator import navnelister  # noqa: PLC0415 - only when measuring
    from bosett.person.rules.navn import sokeord  # noqa: PLC0415

    db.execute("CREATE TEMP TABLE navnene (plass int, fornavn text, etternavn text)")
    db.execute("CREATE TEMP TABLE ordene (fornavn text, etternavn text, ord text)")
    par = list(product(*navnelister()))
    with db.cursor() as peker:
        peker.executemany(
            "INSERT INTO navnene VALUES (%s, %s, %s)", [(nr, *ett) for nr, ett in enumerate(par)]
        )
        peker.executemany(
            "INSERT INTO ordene VALUES (%s, %s, %s)",
            [(f, e, ord_) for f, e in par for ord_ in sorted(sokeord([f"{f} {e}"]))],
        )
