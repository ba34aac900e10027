"""A small HTTP server: one function answers every request."""
import json
import signal
import socket
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import BinaryIO
from urllib.parse import urlsplit

import log

MAX_BODY_BYTES = 16 * 1024 * 1024
QUIET_PATHS = ("/health", "/ready")


@dataclass(frozen=True)
class Request:
    method: str
    path: str
    headers: Mapping[str, str]

    @property
    def origin(self) -> str:
        return self.headers.get("Origin") or ""


@dataclass(frozen=True)
class Response:
    status: int
    body: str = ""
    content_type: str = "text/plain; charset=utf-8"
    headers: dict[str, str] = field(default_factory=dict)
    # Takes the connection over once status 101 is told: what to write to, what to read from.
    converse: Callable[[BinaryIO, BinaryIO], None] | None = None


def json_response(status: int, value: object, headers: dict[str, str] | None = None) -> Response:
    return Response(status, json.dumps(value), "application/json; charset=utf-8", headers or {})


class Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 64

    def __init__(self, port: int, handler: type[BaseHTTPRequestHandler]) -> None:
        # Lago listens on IPv4 and IPv6; a host may have the latter switched off.
        dual = socket.has_dualstack_ipv6()
        self.address_family = socket.AF_INET6 if dual else socket.AF_INET
        super().__init__(("::" if dual else "0.0.0.0", port), handler)

    def server_bind(self) -> None:
        if self.address_family == socket.AF_INET6:
            self.socket.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 0)
        # The parent class would look its own name up in DNS here, which can take seconds.
        socket.socket.bind(self.socket, self.server_address)
        self.server_name, self.server_port = "stand-in", self.server_address[1]


def serve(source: str, port: int, respond: Callable[[Request], Response], quiet: bool = False) -> None:
    """Answers until SIGTERM or SIGINT, which end the process with exit code 0."""

    class Handler(BaseHTTPRequestHandler):
        timeout = 30

        def version_string(self) -> str:
            return "stand-in"

        def do(self) -> None:
            self.rfile.read(min(int(self.headers.get("Content-Length") or 0), MAX_BODY_BYTES))
            path = urlsplit(self.path).path
            response = respond(Request(self.command, path, self.headers))
            body = response.body.encode()
            if response.converse is not None:
                # Nothing older can switch to another protocol.
                self.protocol_version = "HTTP/1.1"
            self.send_response(response.status)
            self.send_header("X-Stand-In", "true")
            if response.converse is None:
                self.send_header("Content-Type", response.content_type)
                self.send_header("Content-Length", str(len(body)))
            for name, value in response.headers.items():
                self.send_header(name, value)
            self.end_headers()
            if response.converse is not None:
                self.close_connection = True
                response.converse(self.wfile, self.rfile)
            elif self.command != "HEAD":
                self.wfile.write(body)
            if not quiet and path not in QUIET_PATHS:
                # Without its query, which may carry a token.
                log.line(source, f"{self.command} {path!r} {response.status}")

        do_GET = do_HEAD = do_POST = do_PUT = do_PATCH = do_DELETE = do_OPTIONS = do

        def log_message(self, format: str, *args: object) -> None:
            """Silences the parent class, which logs whole URLs."""

    def stop(number: int, _frame: object) -> None:
        log.line(source, f"stops on {signal.Signals(number).name}")
        sys.exit(0)

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    server = Server(port, Handler)
    log.line(source, f"listens on port {port}")
    server.serve_forever()
