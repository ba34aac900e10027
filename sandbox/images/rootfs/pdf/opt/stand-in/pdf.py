#!/usr/bin/python3 -EsB
"""The PDF service: healthy, and honest about making no PDFs."""
import faults
from web import Request, Response, json_response, serve


def respond(request: Request) -> Response:
    if faults.unhealthy("pdf"):
        return json_response(503, {"status": "down", "stand_in": True})
    if request.path == "/health":
        return json_response(200, {"status": "up", "stand_in": True})
    return Response(501, "This is a stand-in: it makes no PDFs.\n")


serve("pdf", 3000, respond)
