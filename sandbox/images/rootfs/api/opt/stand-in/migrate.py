#!/usr/bin/python3 -EsB
"""The migration: brings the tables to this image's version, once each, and seeds if asked to."""
import os

import psycopg2
from psycopg2 import sql

import log
from lago import database, version
from lago.keys import require_keys
from lago.migrations import pending
from lago.seed import seed_organization

# Any number will do that every migration of this database agrees on.
LOCK = 4_250_150


def fail(error: Exception) -> None:
    text = database.one_line(error)
    if "password authentication failed" in text:
        log.fatal("migrate", f"ActiveRecord::DatabaseConnectionError: {text} "
                             "(a password counts when the volume is first made, not later)")
    log.fatal("migrate", f"ActiveRecord::ConnectionNotEstablished: {text}")


def connect():
    try:
        return database.connect()
    except psycopg2.OperationalError as error:
        if f'database "{database.database_name()}" does not exist' not in str(error):
            fail(error)
    create_database()
    return database.connect()


def create_database() -> None:
    name = database.database_name()
    try:
        connection = database.connect("postgres")
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        connection.close()
    except psycopg2.Error as error:
        fail(error)
    log.line("migrate", f"created database {name!r}")


def migrate(cursor) -> None:
    cursor.execute("CREATE TABLE IF NOT EXISTS schema_migrations (version varchar PRIMARY KEY)")
    cursor.execute("CREATE TABLE IF NOT EXISTS ar_internal_metadata "
                   "(key varchar PRIMARY KEY, value varchar, updated_at timestamptz NOT NULL)")
    cursor.execute("SELECT version FROM schema_migrations")
    done = {row[0] for row in cursor.fetchall()}
    for migration in pending(version.NUMBER, done):
        cursor.execute(migration.statements)
        cursor.execute("INSERT INTO schema_migrations VALUES (%s)", (migration.version,))
        log.line("migrate", f"migrated {migration.version} {migration.name}")
    for key, value in (("environment", os.environ.get("RAILS_ENV", "production")),
                       ("lago_version", version.NUMBER)):
        cursor.execute("INSERT INTO ar_internal_metadata VALUES (%s, %s, now()) ON CONFLICT (key) "
                       "DO UPDATE SET value = excluded.value, updated_at = now()", (key, value))


def main() -> None:
    require_keys("migrate")
    connection = connect()
    try:
        with connection, connection.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", (LOCK,))
            if not cursor.fetchone()[0]:
                log.fatal("migrate", "ActiveRecord::ConcurrentMigrationError: another migration runs")
            migrate(cursor)
            if os.environ.get("LAGO_CREATE_ORG") == "true":
                seed_organization(cursor)
    except psycopg2.Error as error:
        log.fatal("migrate", f"ActiveRecord::StatementInvalid: {database.one_line(error)}")
    log.line("migrate", f"the database is at {version.NUMBER}")


main()
