/**
 * Writes `docs/settings.md` from the catalogue; with `--check` only reports, by its exit code,
 * whether the file is up to date.
 */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { renderSettings } from "./render.ts";

const FILE = join(import.meta.dirname, "..", "..", "docs", "settings.md");

const text = renderSettings();
if (process.argv.includes("--check")) {
  if (readFile() !== text) {
    process.stderr.write(
      "docs/settings.md is out of date. Run `node scripts/docs/settings.ts` and commit it.\n",
    );
    process.exitCode = 1;
  }
} else {
  mkdirSync(dirname(FILE), { recursive: true });
  writeFileSync(FILE, text);
}

function readFile(): string | undefined {
  try {
    return readFileSync(FILE, "utf8");
  } catch {
    return undefined;
  }
}
