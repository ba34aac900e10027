import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parsePs } from "../../../src/docker/compose-ps.ts";
import { DeployError } from "../../../src/errors.ts";
import { anyUtf16 } from "../../support/arbitraries.ts";
import { fixture } from "../../support/fixtures.ts";

const RECORDED = fixture("docker", "ps-2.26.ndjson");
const ARRAY = `[${RECORDED.trim().split("\n").join(",")}]\n`;

/** Parses, and lets only the one error pass that a caller may expect. */
function parseOrTyped(text: string) {
  try {
    return parsePs(text);
  } catch (error) {
    if (DeployError.isDeployError(error) && error.kind === "ParseError") {
      return error;
    }
    throw error;
  }
}

describe("a recorded list", () => {
  const [db, migrate, wide] = parsePs(RECORDED);

  it("names each container, sorted by service", () => {
    expect(parsePs(RECORDED).map(({ service, name }) => [service, name])).toEqual([
      ["db", "lago-dev-db"],
      ["migrate", "lago-dev-migrate-1"],
      ["wide", "lago-dev-wide-1"],
    ]);
  });

  it("tells state, health, exit code and image", () => {
    expect(db).toMatchObject({ state: "running", health: "healthy", exitCode: 0 });
    expect(migrate).toMatchObject({ state: "exited", health: "", exitCode: 3 });
    expect(wide).toMatchObject({ state: "running", health: "", image: "redis:7-alpine" });
    expect(wide?.id).toMatch(/^[0-9a-f]{64}$/);
  });

  it("tells a port that is published for both IP versions once", () => {
    const port = { containerPort: 6379, protocol: "tcp" };
    expect(db?.ports).toEqual([{ ...port, address: "127.0.0.1", hostPort: 56379 }]);
    expect(wide?.ports).toEqual([{ ...port, address: "0.0.0.0", hostPort: 56380 }]);
    expect(migrate?.ports).toEqual([]);
  });

  it("keeps labels apart whose values hold commas, spaces and equals signs", () => {
    expect(db?.labels).toMatchObject({
      "example.list": "a,b,c",
      "example.rule": "Host(`lago.example.com`) && PathPrefix(`/api`)",
      "com.docker.compose.service": "db",
      "com.docker.compose.oneoff": "False",
      "com.docker.compose.depends_on": "",
      "z-billing-lago.stand-in": "redis",
    });
  });
});

describe("what is no list", () => {
  it.each([
    "NAME      IMAGE     COMMAND   SERVICE",
    "{",
    "[1, 2]",
    "{}",
    '{"ID": 1, "Service": "db"}',
    '{"ID":"1","Service":"db","Publishers":"80"}',
    "null",
    "<html>",
  ])("is refused with a sight of it: %s", (text) => {
    expect(() => parsePs(text)).toThrow(
      expect.objectContaining({ kind: "ParseError", message: expect.stringContaining("doctor") }),
    );
    expect(() => parsePs(text)).toThrow(JSON.stringify(text));
  });

  it("is shown no longer than a person reads", () => {
    const error = parseOrTyped(`{${"x".repeat(100_000)}`);
    expect((error as Error).message.length).toBeLessThan(500);
  });

  it.each([
    ["an object a line", RECORDED],
    ["an array", ARRAY],
  ])("is told from a list cut at any byte: %s", (_, whole) => {
    const known = parsePs(whole).map(({ id }) => id);
    const bytes = Buffer.from(whole, "utf8");
    for (let length = 0; length < bytes.length; length++) {
      const found = parseOrTyped(bytes.subarray(0, length).toString("utf8"));
      if (!(found instanceof Error)) {
        expect(found.map(({ id }) => id)).toEqual(known.slice(0, found.length));
      }
    }
  });

  it("is told from a list whatever it is", () => {
    const json = fc.jsonValue({ maxDepth: 3 }).map((value) => JSON.stringify(value));
    fc.assert(
      fc.property(fc.oneof(anyUtf16(), json), (text) => {
        parseOrTyped(text);
        parseOrTyped(RECORDED + text);
        parseOrTyped(`${text}\n${RECORDED}`);
      }),
      { numRuns: 500 },
    );
  });
});
