import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { BUNDLED_LAGO_PATH, verifiedBundledPath } from "../../../src/lago/bundled-file.ts";

/** A copy of the bundled folder, its file changed. */
function copyWith(change: (text: string) => string): string {
  const folder = mkdtempSync(join(tmpdir(), "zbl-test-bundled-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  cpSync(BUNDLED_LAGO_PATH, folder, { recursive: true });
  const file = join(folder, "docker-compose.yml");
  writeFileSync(file, change(readFileSync(file, "utf8")));
  return folder;
}

it("takes the file that came with the package, whatever line breaks Git gave it", () => {
  expect(verifiedBundledPath()).toBe(BUNDLED_LAGO_PATH);
  const folder = copyWith((text) => text.replaceAll("\n", "\r\n"));
  expect(verifiedBundledPath(folder)).toBe(folder);
});

it.each<[string, (text: string) => string]>([
  ["another image", (text) => text.replace("getlago/api:", "getlago-api/api:")],
  ["one more blank", (text) => `${text} `],
  ["nothing", () => ""],
])("refuses one with %s, and says what to do", (_, change) => {
  expect(() => verifiedBundledPath(copyWith(change))).toThrow(
    expect.objectContaining({
      kind: "ComposeFileInvalid",
      message: expect.stringMatching(/docker-compose\.yml is not the file.*Install.*lagoPath/),
    }),
  );
});
