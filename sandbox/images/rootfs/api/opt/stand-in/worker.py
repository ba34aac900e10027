#!/usr/bin/python3 -EsB
"""A worker: takes no jobs, and says on port 8080 whether it could."""
import sys

import faults
import log
from lago import database, redis
from lago.keys import require_keys
from web import Request, Response, serve

QUEUES = sys.argv[1] if len(sys.argv) > 1 else "default"


def respond(_request: Request) -> Response:
    if faults.unhealthy("worker"):
        problem = "told to be unhealthy"
    else:
        problem = redis.problem() or database.problem()
    if problem is not None:
        return Response(500, f"Not ready: {problem}\n")
    return Response(200, "Live!\n")


require_keys("worker")
# Sidekiq looks at Redis before anything else, and ends when it is not there.
PROBLEM = redis.problem()
if PROBLEM is not None:
    log.fatal("worker", PROBLEM)
log.line("worker", f"waits for {QUEUES} jobs")
serve("worker", 8080, respond, quiet=True)
