import { describe, expect, it } from "vitest";
import { plainMessage } from "../../../../src/pulumi/cli/diagnostics.ts";
import {
  diagnosticOnLine,
  isCutShort,
  updateErrors,
} from "../../../../src/pulumi/cli/update-events.ts";

describe("what an update prints", () => {
  const event = (message: string, severity: string) =>
    JSON.stringify({ sequence: 1, diagnosticEvent: { message, severity, color: "never" } });

  it("holds diagnostics among other events", () => {
    expect(diagnosticOnLine(event("db: healthy after 2.1 s\n", "info"))).toEqual({
      severity: "info",
      message: "db: healthy after 2.1 s",
    });
    expect(diagnosticOnLine('{"sequence":2,"cancelEvent":{}}')).toBeUndefined();
    expect(diagnosticOnLine("no JSON")).toBeUndefined();
  });

  it("never takes for news what Pulumi sends for debugging, which may quote secrets", () => {
    for (const severity of ["debug", "of a later release", ""]) {
      expect(diagnosticOnLine(event("a value: hunter2", severity))?.severity).toBe("debug");
    }
  });

  it("holds errors, of which the last words of a failed command are the telling ones", () => {
    const failed =
      'error: exit status 41: running "exec node":\nwarning: w\nproject p: starting\nerror: DeadlineExceeded: Service api of project p was not ready.\nRun it again.';
    const output = [event(failed, "error"), event("update failed\n", "error")].join("\n");
    expect(updateErrors(output)).toEqual([
      "DeadlineExceeded: Service api of project p was not ready.\nRun it again.",
    ]);
    expect(updateErrors(event("update failed\n", "error"))).toEqual(["update failed"]);
    expect(plainMessage("\u001b[31merror: <{%reset%}>no stack named 'x' found\n")).toBe(
      "no stack named 'x' found",
    );
  });

  it("was cut short when a signal ended it, or its summary is missing", () => {
    const prelude = '{"preludeEvent":{}}\n';
    const summary = '{"summaryEvent":{"result":"failed"}}\n';
    expect(isCutShort({ exitCode: 137, stdout: prelude })).toBe(true);
    expect(isCutShort({ exitCode: 1, stdout: prelude })).toBe(true);
    expect(isCutShort({ exitCode: 1, stdout: prelude + summary })).toBe(false);
    expect(isCutShort({ exitCode: 1, stdout: "" })).toBe(false);
    expect(isCutShort({ exitCode: 0, stdout: prelude + summary })).toBe(false);
  });
});
