/** A service that prints its secrets in every way that loggers have of spoiling a text. */

import { copyFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { stringify } from "yaml";
import { LAGO_FILES } from "../../../testing/folders.ts";

/** What it is called, and the variable that tells it how to end: `well`, `fail` or `sick`. */
export const CHATTER = { service: "chatter", variable: "CHATTER_MOOD" } as const;

const SAY = `
import base64, json, os, urllib.parse
WORDS = ("KEY", "PASSWORD", "SALT")
secrets = [value for name, value in sorted(os.environ.items()) if any(word in name for word in WORDS)]
columns = lambda text, n: [text[i:i + n] for i in range(0, len(text), n)]

def say():
    for s in [s for s in secrets if len(s) > 15]:
        code = base64.b64encode(s.encode()).decode()
        print("raw", s, "json", json.dumps(s), "url", urllib.parse.quote(s, safe=""), "base64", code)
        print(json.dumps({"wrapped": "\\n".join(columns(code, 76))}))
        for width in (10, 60, 64, 76):
            print("\\n".join(columns(code, width)))
            print("\\n    ".join(columns(s, width)))
        print("\\n".join("2026-01-02T03:04:05Z INFO " + part for part in columns(code, 64)))
        print("\\x1b[31m" + s + "\\x1b[0m\\r\\x1b]0;" + s + "\\x07\\u202e" + s)
`;

/** The log driver cuts a line every 16 KiB: here within a secret, at another place in each line. */
const SERVE = `${SAY}
import sys, time
print("I am well")
say()
for n, s in enumerate(secrets):
    print("A" * (16384 - 4 - n) + s + "B" * 20000)
sys.stdout.flush()
if os.environ["CHATTER_MOOD"] == "fail":
    sys.exit(1)
time.sleep(600)
`;

const CHECK = `${SAY}
import sys
if os.environ["CHATTER_MOOD"] == "sick":
    print("I am sick")
    for s in secrets[:3]:
        print("\\n".join(columns(s, 10)), base64.b64encode(s.encode()).decode())
    sys.exit(1)
`;

/** Writes Lago's own file and one more on top of it, with the service, to a folder. */
export function writeChattyFiles(folder: string): string[] {
  copyFileSync(
    join(LAGO_FILES, "v1.50.0", "docker-compose.yml"),
    join(folder, "docker-compose.yml"),
  );
  const chatter = {
    image: "getlago/api:v1.50.0",
    entrypoint: ["python3", "-u", "-c", SERVE],
    command: [],
    init: true,
    stop_grace_period: "1s",
    environment: {
      PYTHONIOENCODING: "utf-8",
      [CHATTER.variable]: `\${${CHATTER.variable}}`,
      // A secret of the file's own, which only the container knows.
      OWN_API_KEY: "Lk7wQz3vXs9bNf2hTj5mRc8p",
    },
    healthcheck: { test: ["CMD", "python3", "-u", "-c", CHECK], interval: "2s", retries: 1 },
  };
  const services = { [CHATTER.service]: chatter };
  writeFileSync(join(folder, "chatter.yml"), stringify({ services }));
  return ["docker-compose.yml", "chatter.yml"];
}
