"""Failures on demand, by LAGO_SANDBOX_* variables; sandbox/README.md of the project lists them."""
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass

import log

# These have no page of their own that could answer "unhealthy": they are kept from starting.
SILENT_WHEN_UNHEALTHY = ("db", "redis")
KILLED_EXIT_CODE = 137


def unhealthy(service: str, environment: Mapping[str, str] = os.environ) -> bool:
    """Whether `service` is told to fail its health checks while it runs."""
    return environment.get("LAGO_SANDBOX_UNHEALTHY") == "true" and concerns(service, environment)


def concerns(service: str, environment: Mapping[str, str]) -> bool:
    """Whether the failures asked for are meant for `service`: all are, unless some are named."""
    only = [name.strip() for name in environment.get("LAGO_SANDBOX_ONLY", "").split(",")]
    return service in only or only == [""]


def number(environment: Mapping[str, str], name: str) -> float | None:
    text = environment.get(name, "").strip()
    if text == "":
        return None
    try:
        value = float(text)
    except ValueError:
        value = -1
    if not 0 <= value < float("inf"):
        log.fatal("sandbox", f"{name} is no number from 0 up: {text[:40]!r}")
    return value


@dataclass(frozen=True)
class Faults:
    service: str
    boot_seconds: float = 0
    exit_code: int | None = None
    crash_after_seconds: float | None = None
    silent: bool = False
    log_lines: int = 0
    log_bytes: int = 80

    @classmethod
    def from_environment(cls, service: str, environment: Mapping[str, str]) -> "Faults":
        if service == "command" or not concerns(service, environment):
            return cls(service)
        exit_code = number(environment, "LAGO_SANDBOX_EXIT_CODE")
        log_bytes = number(environment, "LAGO_SANDBOX_LOG_BYTES")
        return cls(
            service,
            boot_seconds=number(environment, "LAGO_SANDBOX_BOOT_SECONDS") or 0,
            exit_code=None if exit_code is None else int(exit_code),
            crash_after_seconds=number(environment, "LAGO_SANDBOX_CRASH_AFTER_SECONDS"),
            silent=service in SILENT_WHEN_UNHEALTHY and unhealthy(service, environment),
            log_lines=int(number(environment, "LAGO_SANDBOX_LOG_LINES") or 0),
            log_bytes=80 if log_bytes is None else int(log_bytes),
        )

    def run(self, command: list[str]) -> None:
        """Runs the command in place of this process, but for the failures asked for."""
        if self.log_lines > 0:
            line = "x" * self.log_bytes + "\n"
            for _ in range(self.log_lines):
                sys.stdout.write(line)
            sys.stdout.flush()
        if self.boot_seconds > 0:
            log.line(self.service, f"starts in {self.boot_seconds:g} s, as it was told to")
            time.sleep(self.boot_seconds)
        if self.crash_after_seconds is not None:
            self._run_until_crash(command, self.crash_after_seconds)
        if self.exit_code is not None:
            log.error(self.service, f"ends with exit code {self.exit_code}, as it was told to")
            sys.exit(self.exit_code)
        if self.silent:
            log.error(self.service, "runs without ever being ready, as it was told to")
            signal.pause()
        try:
            os.execvp(command[0], command)
        except OSError as error:
            log.error("sandbox", f"{command[0]}: {error.strerror}")
            sys.exit(126 if isinstance(error, PermissionError) else 127)

    def _run_until_crash(self, command: list[str], seconds: float) -> None:
        child = subprocess.Popen(command)
        for wanted in (signal.SIGTERM, signal.SIGINT):
            signal.signal(wanted, lambda number, _frame: child.send_signal(number))
        try:
            code = child.wait(seconds)
            sys.exit(code if code >= 0 else 128 - code)
        except subprocess.TimeoutExpired:
            code = KILLED_EXIT_CODE if self.exit_code is None else self.exit_code
            log.error(self.service, f"crashes with exit code {code}, as it was told to")
            child.kill()
            sys.exit(code)
