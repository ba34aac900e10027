#!/bin/sh
# The name under which the official image keeps its start script: other commands may call it.
exec /opt/stand-in/start "$@"
