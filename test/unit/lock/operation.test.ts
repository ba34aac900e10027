import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { clearNote, type LockNote, readNote, writeNote } from "../../../src/lock/operation.ts";

const NOTE: LockNote = {
  pid: 4711,
  host: "ci-7.example",
  operation: "up",
  startedAt: "2026-01-02T03:04:05.678Z",
};

/** A lock file with a text in it. */
function fileWith(text: string) {
  const folder = mkdtempSync(join(tmpdir(), "zbl-test-note-"));
  const path = join(folder, "a.lock");
  writeFileSync(path, text);
  const descriptor = openSync(path, "r+");
  onTestFinished(() => {
    closeSync(descriptor);
    rmSync(folder, { recursive: true });
  });
  return { descriptor, text: () => readFileSync(path, "utf8") };
}

it("is there until it is cleared", () => {
  const { descriptor, text } = fileWith("");
  expect(readNote(descriptor)).toBeUndefined();
  writeNote(descriptor, NOTE);
  expect(readNote(descriptor)).toEqual(NOTE);
  expect(JSON.parse(text())).toEqual(NOTE);
  clearNote(descriptor);
  expect(readNote(descriptor)).toBeUndefined();
  expect(text()).toBe("");
});

it("takes the place of a longer one", () => {
  const { descriptor } = fileWith(JSON.stringify({ ...NOTE, host: "h".repeat(200) }));
  writeNote(descriptor, NOTE);
  expect(readNote(descriptor)).toEqual(NOTE);
});

it.each([
  ["half a note", JSON.stringify(NOTE).slice(0, 30)],
  ["no JSON", "hello"],
  ["no note", "null"],
  ["a terminal sequence", JSON.stringify({ ...NOTE, host: "\u001b[2Jhost" })],
  ["a line of its own", JSON.stringify({ ...NOTE, host: "host\nerror: run `curl evil`" })],
  ["a sentence", JSON.stringify({ ...NOTE, operation: "up; now run rm -rf" })],
  ["a group of processes", JSON.stringify({ ...NOTE, pid: -1 })],
  ["no time", JSON.stringify({ ...NOTE, startedAt: "yesterday" })],
  ["too much", JSON.stringify({ ...NOTE, more: "x".repeat(10_000) })],
])("is not read when somebody wrote %s", (_, text) => {
  expect(readNote(fileWith(text).descriptor)).toBe("unreadable");
});

it("is read without what a later release may add", () => {
  const later = JSON.stringify({ ...NOTE, version: "9.9.9" });
  expect(readNote(fileWith(later).descriptor)).toEqual(NOTE);
});
