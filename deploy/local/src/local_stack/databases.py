"""One database, and in it one role and one schema a service; nobody has a right in another's."""

import psycopg
from psycopg import sql

from local_stack.keys import Keys
from local_stack.layout import SERVICES
from local_stack.postgres import DATABASE, Postgres


async def prepare(server: Postgres, keys: Keys) -> None:
    """Make what is missing; running it again changes nothing but the passwords, to those of `keys`."""
    async with await psycopg.AsyncConnection.connect(server.admin_dsn("postgres"), autocommit=True) as admin:
        found = await admin.execute("SELECT 1 FROM pg_database WHERE datname = %s", (DATABASE,))
        if await found.fetchone() is None:
            await admin.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(DATABASE)))
        for service in SERVICES:
            await _role(admin, service, keys.database_passwords[service])
    async with await psycopg.AsyncConnection.connect(server.admin_dsn()) as admin:
        await admin.execute("REVOKE ALL ON SCHEMA public FROM PUBLIC")
        await admin.execute(sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(sql.Identifier(DATABASE)))
        for service in SERVICES:
            await _schema(admin, service)


async def _role(admin: psycopg.AsyncConnection[tuple[object, ...]], service: str, password: str) -> None:
    found = await admin.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", (service,))
    verb = "ALTER" if await found.fetchone() else "CREATE"
    attributes = "LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS"
    statement = sql.SQL(f"{verb} ROLE {{}} WITH {attributes} PASSWORD {{}}")
    await admin.execute(statement.format(sql.Identifier(service), sql.Literal(password)))


async def _schema(admin: psycopg.AsyncConnection[tuple[object, ...]], service: str) -> None:
    database, name = sql.Identifier(DATABASE), sql.Identifier(service)
    await admin.execute(sql.SQL("GRANT CONNECT, TEMPORARY ON DATABASE {} TO {}").format(database, name))
    await admin.execute(sql.SQL("CREATE SCHEMA IF NOT EXISTS {} AUTHORIZATION {}").format(name, name))
    await admin.execute(sql.SQL("ALTER ROLE {} IN DATABASE {} SET search_path = {}").format(name, database, name))
