import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { renderSettings } from "../../../../scripts/docs/render.ts";
import { VARIABLES } from "../../../../src/lago/catalogue/index.ts";
import { ROOT } from "../../../../testing/folders.ts";

const written = readFileSync(join(ROOT, "docs/settings.md"), "utf8");

describe("docs/settings.md", () => {
  it("is what `node scripts/docs/settings.ts` writes", () => {
    expect(written).toBe(renderSettings());
  });

  it("names every variable once", () => {
    const rows = written.split("\n").filter((line) => line.startsWith("| `"));
    expect(rows.length + rowsWithoutSetting().length).toBe(VARIABLES.length);
  });

  it("says what matters most", () => {
    const row = (name: string) =>
      written.split("\n").find((line) => line.includes(`| \`${name}\``));
    expect(row("LAGO_ENCRYPTION_PRIMARY_KEY")).toMatch(
      /generated once .*unsafe.*\| secret \| \*\*never/,
    );
    expect(row("LAGO_WEBHOOK_ATTEMPTS")).toContain("(ours)");
    expect(row("LAGO_DATABASE_LOCK_TIMEOUT")).toContain("from v1.47.0");
    expect(row("LAGO_SIDEKIQ_WEB")).toContain("`false` (Lago: `true`, unsafe)");
    expect(row("LAGO_GCS_CREDENTIALS")).toContain("LAGO_GCS_KEYFILE_JSON_PATH");
  });
});

function rowsWithoutSetting(): string[] {
  return written.split("\n").filter((line) => line.startsWith("|  |"));
}
