"""Redis behind REDIS_URL and REDIS_PASSWORD."""
import os
import socket
from urllib.parse import unquote, urlsplit

CONNECT_SECONDS = 5


def problem() -> str | None:
    """Why Redis cannot be used, or None."""
    url = urlsplit(os.environ.get("REDIS_URL", ""))
    if not url.hostname:
        return "REDIS_URL names no server"
    password = os.environ.get("REDIS_PASSWORD") or unquote(url.password or "")
    try:
        where = (url.hostname, url.port or 6379)
        with socket.create_connection(where, CONNECT_SECONDS) as connection:
            stream = connection.makefile("rwb")
            if password:
                reply = ask(stream, "AUTH", password)
                if reply != "+OK":
                    return f"Redis at {url.hostname} refuses REDIS_PASSWORD: {reply}"
            reply = ask(stream, "PING")
    except (OSError, ValueError) as error:
        return f"Redis at {url.hostname} cannot be reached: {error}"
    return None if reply == "+PONG" else f"Redis at {url.hostname} answers: {reply}"


def ask(stream, *words: str) -> str:
    """Sends one command in Redis's own protocol and returns the first line of the answer."""
    stream.write(f"*{len(words)}\r\n".encode())
    for word in words:
        data = word.encode()
        stream.write(b"$%d\r\n%s\r\n" % (len(data), data))
    stream.flush()
    return stream.readline().decode(errors="replace").strip()
