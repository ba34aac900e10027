#!/usr/bin/python3 -EsB
"""The clock: ticks once a minute and puts no job anywhere."""
import signal
import sys
import time

import log
from lago import redis
from lago.keys import require_keys

TICK_SECONDS = 60


def stop(number: int, _frame: object) -> None:
    log.line("clock", f"stops on {signal.Signals(number).name}")
    sys.exit(0)


require_keys("clock")
signal.signal(signal.SIGTERM, stop)
signal.signal(signal.SIGINT, stop)
log.line("clock", "starts")
while True:
    problem = redis.problem()
    if problem is None:
        log.line("clock", "ticks")
    else:
        log.error("clock", problem)
    time.sleep(TICK_SECONDS)
