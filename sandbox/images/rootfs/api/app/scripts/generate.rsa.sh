#!/bin/sh
# Makes the RSA key pair in config/keys, unless one is there.
set -eu

log() { echo "$(date -u +%FT%T.%3NZ) INFO rsa-keys: $1"; }

keys=config/keys
mkdir -p "$keys"
if [ -f "$keys/private.pem" ]; then
  log "keeps the key pair that is there"
else
  # Under another name until it is whole: other services wait for the file of this name.
  (umask 077 && openssl genpkey -quiet -algorithm RSA -out "$keys/private.pem.new")
  openssl pkey -in "$keys/private.pem.new" -pubout -out "$keys/public.pem"
  mv "$keys/private.pem.new" "$keys/private.pem"
  log "made a key pair in $keys"
fi
chmod 600 "$keys/private.pem"
chmod 644 "$keys/public.pem"
