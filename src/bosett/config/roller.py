"""Database roles: owner (migrations), app (web and worker; forced RLS, no bypass), public (published figures only).

The embedded server's own login is a superuser and would silently bypass row-level security, so it is used here and nowhere else.
"""

import os
from typing import Any
from urllib.parse import unquote, urlsplit

import psycopg
from psycopg import sql

from bosett.config import tilstand
from bosett.config.postgres import Innebygd

EIER, APP, OFFENTLIG = "bosett_eier", "bosett_app", "bosett_offentlig"


def tilkobling() -> dict[str, Any]:
    """Address and database name of the server in use, without user: `DATABASE_URL`, else the embedded one."""
    adresse = os.environ.get("DATABASE_URL")
    if not adresse:
        return {"host": str(Innebygd(tilstand.mappe()).sokkel), "port": "", "dbname": "bosett"}
    deler = urlsplit(adresse)
    if deler.scheme not in ("postgres", "postgresql"):
        raise SystemExit("DATABASE_URL må begynne med postgresql:// – Bosett bruker bare PostgreSQL.")
    return {
        "host": deler.hostname or "",
        "port": str(deler.port or ""),
        "dbname": deler.path.lstrip("/") or "bosett",
    }


def admin() -> dict[str, Any]:
    """A login that may create roles and databases."""
    adresse = os.environ.get("DATABASE_URL")
    if not adresse:
        return Innebygd(tilstand.mappe()).admin()
    deler = urlsplit(adresse)
    felles = {"host": deler.hostname or "", "port": str(deler.port or 5432), "dbname": "postgres"}
    return felles | {"user": unquote(deler.username or "postgres"), "password": unquote(deler.password or "")}


def lag_roller(konto: dict[str, Any], eier_passord: str, app_passord: str) -> None:
    """Create or update the three roles. Safe to repeat; the rights are the smallest that work."""
    with psycopg.connect(**konto, autocommit=True) as db:
        db.execute("SELECT pg_advisory_lock(720260001)")
        finnes = {rad[0] for rad in db.execute("SELECT rolname FROM pg_roles")}
        for rolle, ekstra in ((EIER, "LOGIN CREATEDB"), (APP, "LOGIN"), (OFFENTLIG, "NOLOGIN")):
            verb = "ALTER" if rolle in finnes else "CREATE"
            db.execute(
                sql.SQL("{} ROLE {} NOSUPERUSER NOBYPASSRLS NOCREATEROLE {}").format(
                    sql.SQL(verb), sql.Identifier(rolle), sql.SQL(ekstra)
                )
            )
        for rolle, passord in ((EIER, eier_passord), (APP, app_passord)):
            db.execute(
                sql.SQL("ALTER ROLE {} PASSWORD {}").format(sql.Identifier(rolle), sql.Literal(passord))
            )
        db.execute(sql.SQL("GRANT {} TO {}").format(sql.Identifier(OFFENTLIG), sql.Identifier(APP)))


def lag_database(konto: dict[str, Any], navn: str) -> bool:
    """Create the database if it is not there; returns whether it was made. Rights on schema and coming tables are set here,
    before the first migration, since default privileges work only forwards."""
    with psycopg.connect(**konto, autocommit=True) as db:
        ny = db.execute("SELECT 1 FROM pg_database WHERE datname = %s", [navn]).fetchone() is None
        if ny:
            db.execute(sql.SQL("GRANT {} TO CURRENT_USER").format(sql.Identifier(EIER)))
            db.execute(
                sql.SQL("CREATE DATABASE {} OWNER {} TEMPLATE template0").format(
                    sql.Identifier(navn), sql.Identifier(EIER)
                )
            )
    with psycopg.connect(**(konto | {"dbname": navn}), autocommit=True) as db:
        gi_rettigheter(db, navn)
    return ny


def slett_database(konto: dict[str, Any], navn: str) -> None:
    """Drop the database with all that is in it (`./run --reset`)."""
    with psycopg.connect(**konto, autocommit=True) as db:
        db.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(navn)))


def gi_rettigheter(db: psycopg.Connection, navn: str) -> None:
    """The smallest rights that work, for tables that are still to come."""
    rettigheter = "SELECT, INSERT, UPDATE, DELETE"
    app, eier, offentlig = (sql.Identifier(rolle) for rolle in (APP, EIER, OFFENTLIG))
    db.execute(sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(sql.Identifier(navn)))
    db.execute(sql.SQL("GRANT CONNECT, TEMPORARY ON DATABASE {} TO {}").format(sql.Identifier(navn), app))
    db.execute(sql.SQL("REVOKE CREATE ON SCHEMA public FROM PUBLIC"))
    db.execute(sql.SQL("GRANT ALL ON SCHEMA public TO {}").format(eier))
    db.execute(sql.SQL("GRANT USAGE ON SCHEMA public TO {}, {}").format(app, offentlig))
    forst = sql.SQL("ALTER DEFAULT PRIVILEGES FOR ROLE {} IN SCHEMA public ").format(eier)
    db.execute(forst + sql.SQL("GRANT {} ON TABLES TO {}").format(sql.SQL(rettigheter), app))
    db.execute(forst + sql.SQL("GRANT USAGE, SELECT ON SEQUENCES TO {}").format(app))
