"""The migrations: files in /app/db/migrate, each from a version of Lago on."""
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path("/app/db/migrate")
# A number, a name, and in the first line of the file the first version of Lago that has it.
FILE_NAME = re.compile(r"(?P<version>\d+)_(?P<name>\w+)\.sql")
SINCE = re.compile(r"-- since (?P<version>v\S+)")


@dataclass(frozen=True)
class Migration:
    version: str
    name: str
    statements: str


def order(version: str) -> tuple[int, ...] | None:
    """`v1.50.0` as (1, 50, 0); None for a tag that is no version, such as `latest`."""
    match = re.match(r"v?(\d+)\.(\d+)(?:\.(\d+))?", version)
    return tuple(int(part or 0) for part in match.groups()) if match else None


def pending(version: str, done: set[str]) -> Iterator[Migration]:
    """What the image of `version` has and the database has not, in order."""
    image = order(version)
    for path in sorted(FOLDER.glob("*.sql")):
        name, text = FILE_NAME.fullmatch(path.name), path.read_text()
        since = SINCE.match(text)
        if name is None or since is None:
            raise ValueError(f"{path} is no migration")
        first = order(since["version"])
        if name["version"] not in done and (image is None or first is None or image >= first):
            yield Migration(name["version"], name["name"], text)
