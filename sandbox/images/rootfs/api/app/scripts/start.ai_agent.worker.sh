#!/bin/sh
exec /opt/stand-in/worker.py ai_agent
