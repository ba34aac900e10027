#!/bin/sh
exec /opt/stand-in/api.py
