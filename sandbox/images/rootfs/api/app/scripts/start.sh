#!/bin/sh
set -e
./scripts/migrate.sh
exec ./scripts/start.api.sh
