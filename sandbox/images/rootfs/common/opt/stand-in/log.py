"""Log lines with a time, on standard output. Callers put no secret in them."""
import sys
from datetime import datetime, timezone
from typing import NoReturn


def line(source: str, message: str, level: str = "INFO") -> None:
    now = datetime.now(timezone.utc).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    sys.stdout.write(f"{now} {level} {source}: {message}\n")
    sys.stdout.flush()


def error(source: str, message: str) -> None:
    line(source, message, "ERROR")


def fatal(source: str, message: str, exit_code: int = 1) -> NoReturn:
    line(source, message, "FATAL")
    sys.exit(exit_code)
