"""The first organisation, its user and its API key, as LAGO_ORG_* name them.

It finds or makes each row as Lago's own task does, and so fails as Lago does where somebody has
renamed the billing entity or replaced the API key since: its row is not found, and a second one with
the same id or the same value is not allowed.
"""
import hashlib
import os
import re
import secrets
import uuid

import log

REQUIRED = ("LAGO_ORG_USER_PASSWORD", "LAGO_ORG_USER_EMAIL", "LAGO_ORG_NAME")


def seed_organization(cursor) -> None:
    """Makes what is not there yet; ends the process with exit code 1 when a variable is blank."""
    missing = [name for name in REQUIRED if os.environ.get(name, "").strip() == ""]
    if missing:
        log.fatal("migrate", "RuntimeError: LAGO_CREATE_ORG is true, but the environment has no "
                             + ", ".join(missing))
    password, email, name = (os.environ[variable] for variable in REQUIRED)
    user = find_or_create(cursor, "users", {"email": email}, {"password_digest": digest(password)})
    organization = find_or_create(cursor, "organizations", {"name": name}, {})
    if has_table(cursor, "billing_entities"):
        # With the organisation's own id, as Lago has it since organisations may have several.
        entity = {"id": organization, "name": name, "code": code_of(name)}
        find_or_create(cursor, "billing_entities", entity, {"organization_id": organization})
    find_or_create(cursor, "memberships", {"user_id": user, "organization_id": organization}, {})
    given = os.environ.get("LAGO_ORG_API_KEY", "").strip()
    if given:
        find_or_create(cursor, "api_keys", {"organization_id": organization, "value": given}, {}, active(cursor))
    else:
        find_or_create(cursor, "api_keys", {"organization_id": organization}, {"value": str(uuid.uuid4())},
                       active(cursor))
    log.line("migrate", "the organisation of LAGO_ORG_NAME is there")


def find_or_create(cursor, table: str, known: dict[str, str], new: dict[str, str], scope: str = "true") -> str:
    """The id of the row with the `known` values, made with the `new` ones beside them."""
    where = " AND ".join(f"{column} = %s" for column in known)
    cursor.execute(f"SELECT id FROM {table} WHERE {where} AND {scope} LIMIT 1", tuple(known.values()))
    row = cursor.fetchone()
    if row is None:
        values = {**known, **new}
        marks = ", ".join(["%s"] * len(values))
        cursor.execute(f"INSERT INTO {table} ({', '.join(values)}) VALUES ({marks}) RETURNING id",
                       tuple(values.values()))
        row = cursor.fetchone()
    return row[0]


def active(cursor) -> str:
    """The condition for API keys that have not expired: Lago never finds the others."""
    cursor.execute("SELECT 1 FROM information_schema.columns "
                   "WHERE table_name = 'api_keys' AND column_name = 'expires_at'")
    return "true" if cursor.fetchone() is None else "(expires_at IS NULL OR expires_at > now())"


def has_table(cursor, name: str) -> bool:
    cursor.execute("SELECT to_regclass(%s)", (name,))
    return cursor.fetchone()[0] is not None


def code_of(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "_", name.lower()).strip("_")


def digest(password: str) -> str:
    salt = secrets.token_bytes(16)
    hashed = hashlib.scrypt(password.encode(), salt=salt, n=2**14, r=8, p=1)
    return f"scrypt${salt.hex()}${hashed.hex()}"
