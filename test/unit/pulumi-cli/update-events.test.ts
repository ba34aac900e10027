import { describe, expect, it } from "vitest";
import { isRefusal, plainError } from "../../../src/pipeline/refusal.ts";
import { secretsIn } from "../../../src/pipeline/secrets.ts";
import { locksIn } from "../../../src/pulumi-cli/stack-lock.ts";
import {
  engineMessage,
  isCutShort,
  messageText,
  updateErrors,
} from "../../../src/pulumi-cli/update-events.ts";

describe("what Pulumi says of a lock", () => {
  it("names whoever holds it, and when it was taken", () => {
    const stderr = [
      "error: the stack is currently locked by 2 lock(s). Either wait for the other process(es) to end or delete the lock file with `pulumi cancel`.",
      "  file:///b/.pulumi/locks/organization/p/dev/8279.json?no_tmp_dir=true: created by root@vm (pid 6058) at 2026-11-25T23:39:08Z",
      "  s3://bucket/.pulumi/locks/organization/p/dev/8280.json: created by ci@host-2 (pid 7) at 2026-11-25T23:40:00Z",
    ].join("\n");
    expect(locksIn(stderr)).toEqual([
      {
        holder: "root@vm (pid 6058) at 2026-11-25T23:39:08Z",
        process: { host: "vm", pid: 6058, takenAtMs: Date.parse("2026-11-25T23:39:08Z") },
      },
      {
        holder: "ci@host-2 (pid 7) at 2026-11-25T23:40:00Z",
        process: { host: "host-2", pid: 7, takenAtMs: Date.parse("2026-11-25T23:40:00Z") },
      },
    ]);
  });

  it("names nobody on Pulumi Cloud, nor in words that are not known", () => {
    const conflict = "error: [409] Conflict: Another update is currently in progress.";
    expect(locksIn(conflict)[0]?.process).toBeUndefined();
    expect(locksIn("error: the stack is currently locked by 1 lock(s).")).toEqual([
      { holder: "another run" },
    ]);
  });

  it("is nothing where it failed for another reason", () => {
    expect(locksIn("error: getting stack configuration: incorrect passphrase")).toEqual([]);
  });
});

describe("what an update prints", () => {
  const event = (message: string, severity: string) =>
    JSON.stringify({ sequence: 1, diagnosticEvent: { message, severity, color: "never" } });

  it("is messages among other events", () => {
    expect(engineMessage(event("db: healthy after 2.1 s\n", "info"))).toEqual({
      severity: "info",
      text: "db: healthy after 2.1 s",
    });
    expect(engineMessage('{"sequence":2,"cancelEvent":{}}')).toBeUndefined();
    expect(engineMessage("no JSON")).toBeUndefined();
  });

  it("holds errors, of which the last words of a failed command are the telling ones", () => {
    const failed =
      'error: exit status 41: running "exec node":\nwarning: w\nproject p: starting\nerror: DeadlineExceeded: Service api of project p was not ready.\nRun it again.';
    const output = [event(failed, "error"), event("update failed\n", "error")].join("\n");
    expect(updateErrors(output)).toEqual([
      "DeadlineExceeded: Service api of project p was not ready.\nRun it again.",
    ]);
    expect(updateErrors(event("update failed\n", "error"))).toEqual(["update failed"]);
    expect(messageText("\u001b[31merror: <{%reset%}>no stack named 'x' found\n")).toBe(
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

describe("an error of a preview", () => {
  it.each([
    "pulumi-nodejs:dynamic/lago:Project resource 'lago-project' has a problem: InvalidConfig: pullPolicy: Invalid option",
    'error serializing property "spec": UnsafeConfig: 1 setting is not safe',
    "Running program '/x/index.ts' failed with an unhandled exception:\nError: boom",
    "getting stack configuration: invalid YAML file: yaml: line 2: did not find expected node",
    "no stack named 'nope' found",
  ])("refuses what is to be deployed: %s", (error) => {
    expect(isRefusal([error])).toBe(true);
  });

  it.each([
    "DaemonUnreachable: the Docker engine does not answer",
    "getting stack configuration: get stack secrets manager: incorrect passphrase",
    'unable to open state directory "file:///nowhere": no such file or directory',
  ])("is a failure of what is around it: %s", (error) => {
    expect(isRefusal([error])).toBe(false);
  });

  it("is shown without what Pulumi was about to write", () => {
    const error =
      'error serializing property "outputs": error serializing property "spec": UnsafeConfig: no';
    expect(plainError(error)).toBe("UnsafeConfig: no");
  });
});

it("the secrets of a config are its secret values, and all texts within them", () => {
  const config = {
    "p:a": { value: "public", secret: false },
    "p:b": { value: "hidden-b", secret: true },
    "p:c": { value: '{"d":"hidden-d"}', objectValue: { d: ["hidden-d"] }, secret: true },
  };
  expect(secretsIn(JSON.stringify(config))).toEqual(["hidden-b", '{"d":"hidden-d"}', "hidden-d"]);
  expect(secretsIn("no JSON")).toEqual([]);
});
