"""The keys without which Lago does not start. No message ever shows a value."""
import base64
import os
import re
import subprocess
from pathlib import Path

import log

PRIVATE_KEY_FILE = Path("/app/config/keys/private.pem")
ENCRYPTION_KEYS = (
    "ENCRYPTION_PRIMARY_KEY",
    "ENCRYPTION_DETERMINISTIC_KEY",
    "ENCRYPTION_KEY_DERIVATION_SALT",
)


def is_blank(name: str) -> bool:
    return os.environ.get(name, "").strip() == ""


def require_keys(service: str) -> None:
    """Ends the process with exit code 1 when a key is missing or no key."""
    if is_blank("SECRET_KEY_BASE"):
        log.fatal(service, "Error: secret_key_base is missing, SECRET_KEY_BASE is blank. Exiting...")
    for name in ENCRYPTION_KEYS:
        # Lago reads either name, the short one first.
        if is_blank(name) and is_blank(f"LAGO_{name}"):
            log.fatal(service, f"Error: LAGO_{name} is blank, it must be set. Exiting...")
    require_private_key(service)


def require_private_key(service: str) -> None:
    if PRIVATE_KEY_FILE.exists():
        source, key = str(PRIVATE_KEY_FILE), PRIVATE_KEY_FILE.read_bytes()
    else:
        source, key = "LAGO_RSA_PRIVATE_KEY", decoded(os.environ.get("LAGO_RSA_PRIVATE_KEY", ""))
    if key.strip() == b"":
        log.fatal(service, f"Error: Private key is blank, neither {PRIVATE_KEY_FILE} nor "
                           "LAGO_RSA_PRIVATE_KEY gives one. Exiting...")
    read = subprocess.run(["openssl", "rsa", "-noout"], input=key, capture_output=True, check=False)
    if read.returncode != 0:
        log.fatal(service, f"OpenSSL::PKey::RSAError: {source} holds no RSA private key that can be "
                           "read (the variable is base64 of PEM, on one line)")


def decoded(text: str) -> bytes:
    """Base64 the way Ruby reads it: strange characters are skipped, a missing end is no fault."""
    letters = re.sub(r"[^A-Za-z0-9+/]", "", text.partition("=")[0])
    return base64.b64decode(letters[: len(letters) // 4 * 4] + padded(letters[len(letters) // 4 * 4 :]))


def padded(rest: str) -> str:
    return "" if len(rest) < 2 else rest.ljust(4, "=")
