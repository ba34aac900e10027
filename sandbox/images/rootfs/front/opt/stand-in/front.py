#!/usr/bin/python3 -EsB
"""The front: one page that says what it is, and the settings that Lago's front is given."""
import json
import os
from pathlib import Path

import faults
from web import Request, Response, serve

SETTINGS = (
    "API_URL",
    "LAGO_DOMAIN",
    "APP_ENV",
    "LAGO_OAUTH_PROXY_URL",
    "LAGO_DISABLE_SIGNUP",
    "LAGO_DISABLE_PDF_GENERATION",
    "NANGO_PUBLIC_KEY",
    "SENTRY_DSN",
)
IMAGE = Path("/etc/stand-in/image").read_text().strip()
PAGE = Path("/usr/share/stand-in/index.html").read_text().replace("{image}", IMAGE)
# Made once at the start, from the environment of that moment, as Lago's front does.
ENV_CONFIG = "".join(f"window.{name} = {json.dumps(os.environ.get(name, ''))}\n" for name in SETTINGS)


def respond(request: Request) -> Response:
    if faults.unhealthy("front"):
        return Response(503, "told to be unhealthy\n")
    if request.path == "/env-config.js":
        return Response(200, ENV_CONFIG, "application/javascript; charset=utf-8")
    # Every other path is the page's own business, as in any single-page application.
    return Response(200, PAGE, "text/html; charset=utf-8")


serve("front", 80, respond)
