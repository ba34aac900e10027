import { inspect } from "node:util";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import type { DeployError } from "../../../src/errors.ts";
import { parseOutput } from "../../../src/process/parse-output.ts";

const schema = z.strictObject({ count: z.int(), kind: z.enum(["a", "b"]) });

function errorOf(text: string, command: string): DeployError {
  try {
    parseOutput(schema, text, command);
  } catch (error) {
    return error as DeployError;
  }
  throw new Error("parsed");
}

describe("the output of a program", () => {
  it("is returned as the schema has it", () => {
    const parsed = parseOutput(schema, '{"count": 1, "kind": "a"}\n', "docker version");
    expect(parsed).toEqual({ count: 1, kind: "a" });
  });

  it.each([
    ["docker image inspect", /`docker image inspect` .* `\.\/zbl doctor` .* Docker version/],
    ["docker compose config", /`docker compose config` is .* whether this compose version is/],
    ["pulumi config --json", /`pulumi config --json` is not .* Is this Pulumi 3.259 or newer\?$/],
  ])("of another form is an error that says how to check the program: %s", (command, message) => {
    const error = errorOf("no JSON", command);
    expect(error.kind).toBe("ParseError");
    expect(error.message).toMatch(message);
  });

  it("is not shown by the error or its cause, which names the fields", () => {
    const error = errorOf('{"count": "hunter2", "kind": "hunter2"}', "docker version");
    expect(inspect(error, { depth: 10, showHidden: true })).not.toContain("hunter2");
    expect((error.cause as Error).message).toContain("count");
  });
});
