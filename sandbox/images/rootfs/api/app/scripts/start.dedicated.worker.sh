#!/bin/sh
exec /opt/stand-in/worker.py dedicated
