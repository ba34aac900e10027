/** Each invariant holds for what is well, and finds a violation that was planted. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { checkSecrets } from "../../../faults/invariants/i1-secrets.ts";
import { checkExitCode } from "../../../faults/invariants/i2-exit-code.ts";
import { checkRecovery, type RecoveryUp } from "../../../faults/invariants/i3-recovery.ts";
import { checkLeaks, type Leftovers } from "../../../faults/invariants/i4-leaks.ts";
import { checkData } from "../../../faults/invariants/i5-data.ts";
import { checkTime } from "../../../faults/invariants/i6-time.ts";
import { checkError } from "../../../faults/invariants/i7-errors.ts";
import { checkState, parseState } from "../../../faults/invariants/i8-state.ts";
import { SecretSearch } from "../../../faults/watch/secret-search.ts";

const SECRET = "s3cr3t-of-sixteen-and-more";
const search = new SecretSearch({ KEY: SECRET });

describe("I1", () => {
  const places = { texts: { console: "all is well" }, folders: [], watched: [] };

  it("holds where no secret is", () => {
    expect(checkSecrets(search, places)).toEqual([]);
  });

  it.each(["console", "exported state"])("finds a secret in the %s", (place) => {
    const texts = { [place]: `before ${SECRET} behind` };
    expect(checkSecrets(search, { ...places, texts })).toEqual([
      { invariant: "I1", reason: `KEY (raw) in ${place}` },
    ]);
  });

  it("finds a secret in a file, and reports what a watch saw", () => {
    const folder = mkdtempSync(join(tmpdir(), "zbl-test-faults-"));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    writeFileSync(join(folder, "history.json"), Buffer.from(SECRET).toString("base64"));
    const found = checkSecrets(search, { ...places, folders: [folder], watched: ["KEY in argv"] });
    expect(found.map(({ reason }) => reason)).toEqual([
      "KEY in argv",
      `KEY (base64) in the file ${join(folder, "history.json")}`,
    ]);
  });
});

describe("I2", () => {
  it.each([
    [0, [], 0],
    [1, ["api is missing"], 0],
    [undefined, ["api is missing"], 0],
    [0, ["api is missing"], 1],
    [1, [], 1],
  ])("exit code %s with %j: %i violations", (exitCode, unreached, count) => {
    const found = checkExitCode({ operation: "up", exitCode, unreached });
    expect(found).toHaveLength(count);
    expect(found.every(({ invariant }) => invariant === "I2")).toBe(true);
  });
});

describe("I3", () => {
  const well: RecoveryUp = {
    exitCode: 0,
    error: "",
    unreached: [],
    standing: { api: "1 since noon" },
    changes: [],
  };

  it("holds when the second up changes nothing", () => {
    expect(checkRecovery(well, well)).toEqual([]);
    expect(checkRecovery({ ...well, changes: ["~ 1 updated"] }, well)).toEqual([]);
  });

  it.each([
    ["the first up failed", { ...well, exitCode: 1 }, undefined],
    ["the first up hung", { ...well, exitCode: undefined }, undefined],
    ["the first up did not bring all", { ...well, unreached: ["api is created"] }, undefined],
    ["the second up failed", well, { ...well, exitCode: 3 }],
    ["a container was replaced", well, { ...well, standing: { api: "2 since noon" } }],
    ["a container vanished", well, { ...well, standing: {} }],
    ["the second up says that it changed", well, { ...well, changes: ["~ 1 updated"] }],
  ])("finds that %s", (_, first, second) => {
    expect(checkRecovery(first, second)).toMatchObject([{ invariant: "I3" }]);
  });
});

describe("I4", () => {
  const none: Leftovers = {
    when: "after down",
    processes: [],
    containers: [],
    locks: [],
    files: [],
  };

  it("holds when nothing is left", () => {
    expect(checkLeaks(none)).toEqual([]);
  });

  it.each([
    { processes: [{ pid: 1, command: "docker compose up" }] },
    { containers: ["a container of api"] },
    { locks: ["Pulumi's lock x"] },
    { files: ["/tmp/x"] },
  ])("finds %j", (left) => {
    const [found, ...more] = checkLeaks({ ...none, ...left });
    expect(found?.invariant).toBe("I4");
    expect(found?.reason).toMatch(/ is left after down$/);
    expect(more).toEqual([]);
  });
});

describe("I5", () => {
  it("holds when nothing is lost, and finds what is", () => {
    expect(checkData([])).toEqual([]);
    expect(checkData(["volume a"])).toEqual([{ invariant: "I5", reason: "lost: volume a" }]);
  });
});

describe("I6", () => {
  const inTime = { operation: "up", durationMs: 1_000, boundMs: 1_000, ended: true };

  it("holds up to the bound", () => {
    expect(checkTime(inTime)).toEqual([]);
  });

  it.each([{ durationMs: 1_001 }, { ended: false }])("finds %j", (change) => {
    expect(checkTime({ ...inTime, ...change })).toMatchObject([{ invariant: "I6" }]);
  });
});

describe("I7", () => {
  const expected = { kind: "DiskFull", words: /no space left/, names: /\bapi\b/ };
  const text = "error: DiskFull: api: no space left on device. Run `docker system df`.";
  const ours = { operation: "up", text, expected, ours: true };

  it("holds for an error that says it all", () => {
    expect(checkError(ours)).toEqual([]);
    expect(checkError({ ...ours, text: "api: no space left on device", ours: false })).toEqual([]);
    expect(checkError({ ...ours, text: "", expected: undefined })).toEqual([]);
  });

  it.each([
    ["no kind", { text: text.replace("DiskFull", "CommandFailed") }],
    ["nothing at fault", { text: text.replace("api", "a service") }],
    ["no next step", { text: text.replaceAll("`", "") }],
    ["more than 8 KiB", { text: text + "ü".repeat(4 * 1024) }],
    [
      "more than 8 KiB where no failure was expected",
      { text: "x".repeat(8193), expected: undefined },
    ],
    ["no cause of another subject", { text: "api failed", ours: false }],
  ])("finds %s", (_, change) => {
    expect(checkError({ ...ours, ...change })).toMatchObject([{ invariant: "I7" }]);
  });
});

describe("I8", () => {
  const a = { urn: "a", type: "t" };
  const b = { urn: "b", type: "t", parent: "a", dependencies: ["a"] };
  const stateOf = (deployment: object) => parseState(JSON.stringify({ version: 3, deployment }));

  it("holds for a state that is whole", () => {
    expect(checkState(stateOf({ resources: [a, b] }))).toEqual([]);
    expect(checkState(stateOf({}))).toEqual([]);
  });

  it.each([
    ["what is no JSON", parseState("{")],
    ["what is no state", parseState("{}")],
    ["a resource twice", stateOf({ resources: [a, a] })],
    ["a parent that is not there", stateOf({ resources: [{ ...b, dependencies: [] }] })],
    ["a dependency that is not there", stateOf({ resources: [a, { ...b, dependencies: ["c"] }] })],
    ["a pending operation", stateOf({ resources: [a], pending_operations: [{}] })],
  ])("finds %s", (_, state) => {
    expect(checkState(state)).toMatchObject([{ invariant: "I8" }]);
  });
});
