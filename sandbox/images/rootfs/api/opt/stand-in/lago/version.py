"""The version this image claims, that of its tag."""
from pathlib import Path

NUMBER = Path("/app/LAGO_VERSION").read_text().strip()
GITHUB_URL = f"https://github.com/getlago/lago-api/tree/{NUMBER}"
