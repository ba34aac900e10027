#!/bin/sh
# Brings a clone up to date and deploys it, for cron and systemd. Ends with the exit code of
# `pipeline deploy`.
#
#   pull-and-deploy.sh /srv/lago prod
set -eu

clone=${1:?the folder of the clone}
stack=${2:?the name of the stack}

cd "$clone"
git pull --quiet --ff-only
exec npm run --silent cli -- pipeline deploy --stack "$stack"
