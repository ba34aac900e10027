#!/usr/bin/python3 -EsB
"""The API: its health, its CORS rule, the opening of its WebSocket, and nothing of billing."""
import os
from urllib.parse import urlsplit

import faults
from lago import cable, database, redis, version
from lago.keys import require_keys
from web import Request, Response, json_response, serve

DEFAULT_PORTS = (80, 443)


def allowed_origin() -> str | None:
    """Host, or host:port, that LAGO_FRONT_URL lets call from a browser."""
    url = urlsplit(os.environ.get("LAGO_FRONT_URL", ""))
    if not url.hostname:
        return None
    default = url.port is None or url.port in DEFAULT_PORTS
    return url.hostname if default else f"{url.hostname}:{url.port}"


def cors_headers(request: Request) -> dict[str, str]:
    if request.origin == "" or request.origin.partition("://")[2] != allowed_origin():
        return {"Vary": "Origin"}
    return {
        "Vary": "Origin",
        "Access-Control-Allow-Origin": request.origin,
        "Access-Control-Allow-Methods": "GET, POST, PUT, PATCH, DELETE, OPTIONS, HEAD",
        "Access-Control-Allow-Headers": "*, Authorization, Content-Type",
        "Access-Control-Expose-Headers": "x-lago-token",
    }


def health(headers: dict[str, str]) -> Response:
    about = {"version": version.NUMBER, "github_url": version.GITHUB_URL}
    if faults.unhealthy("api"):
        problem = "told to be unhealthy"
    else:
        problem = database.problem() or redis.problem()
    if problem is not None:
        body = {**about, "message": "Unhealthy", "details": problem, "stand_in": True}
        return json_response(500, body, headers)
    return json_response(200, {**about, "message": "Success", "stand_in": True}, headers)


def connect(request: Request, headers: dict[str, str]) -> Response:
    """Opens Action Cable's WebSocket."""
    key = request.headers.get("Sec-WebSocket-Key") or ""
    asked = (request.headers.get("Upgrade") or "").lower()
    if asked != "websocket" or key == "":
        return json_response(404, {"status": 404, "error": "Not Found", "stand_in": True}, headers)
    opening = {**headers, **cable.opening_headers(key)}
    return Response(101, headers=opening, converse=cable.welcome)


def arrival(request: Request) -> dict[str, object]:
    """What a proxy in front has made of a request; Lago has no such page."""
    names = ("Host", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto")
    return {"stand_in": True, **{name: request.headers.get(name) for name in names}}


def respond(request: Request) -> Response:
    headers = cors_headers(request)
    if request.method == "OPTIONS":
        return Response(200, headers=headers)
    if request.path == "/health":
        return health(headers)
    if request.path == "/ready":
        return json_response(200, {"status": "ok", "stand_in": True}, headers)
    if request.path == "/cable":
        return connect(request, headers)
    if request.path == "/stand-in/arrival":
        return json_response(200, arrival(request), headers)
    if request.path == "/":
        text = f"This is a stand-in for Lago's API {version.NUMBER}. It bills nothing.\n"
        return Response(200, text, headers=headers)
    not_found = {"status": 404, "error": "Not Found", "code": "not_in_stand_in", "stand_in": True}
    return json_response(404, not_found, headers)


require_keys("api")
serve("api", 3000, respond)
