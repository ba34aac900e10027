#!/bin/sh
exec /opt/stand-in/migrate.py
