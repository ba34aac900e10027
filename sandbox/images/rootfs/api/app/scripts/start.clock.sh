#!/bin/sh
exec /opt/stand-in/clock.py
