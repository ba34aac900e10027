"""PostgreSQL behind DATABASE_URL."""
import os
from urllib.parse import unquote, urlsplit

import psycopg2

CONNECT_SECONDS = 5


def connect(database: str | None = None):
    """A connection to the database of DATABASE_URL, or to another one on the same server.

    Raises psycopg2.OperationalError, whose text names server and user but not the password.
    """
    # Query parameters are for Rails; libpq would refuse Lago's own `search_path`.
    url = urlsplit(os.environ.get("DATABASE_URL", ""))
    try:
        port = url.port or 5432
    except ValueError:
        raise psycopg2.OperationalError("DATABASE_URL has no usable port") from None
    if not url.hostname:
        raise psycopg2.OperationalError("DATABASE_URL names no server")
    return psycopg2.connect(
        host=url.hostname,
        port=port,
        user=unquote(url.username or ""),
        password=unquote(url.password or ""),
        dbname=database or database_name(),
        connect_timeout=CONNECT_SECONDS,
    )


def database_name() -> str:
    return unquote(urlsplit(os.environ.get("DATABASE_URL", "")).path.lstrip("/"))


def problem() -> str | None:
    """Why the database cannot be used, or None."""
    try:
        connection = connect()
        try:
            with connection.cursor() as cursor:
                cursor.execute("SELECT 1")
        finally:
            connection.close()
    except psycopg2.Error as error:
        return one_line(error)
    return None


def one_line(error: Exception) -> str:
    return "; ".join(part.strip() for part in str(error).splitlines() if part.strip())
