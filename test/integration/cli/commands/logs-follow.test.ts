import { chmodSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { EXIT_CODES } from "../../../../src/cli/exit-codes.ts";
import { runCli } from "../../../../testing/cli.ts";
import { eventually, isAlive } from "../../../../testing/processes.ts";
import { psLine, type Script } from "../../../../testing/scripted-docker/answers.ts";
import { SECRETS } from "../../../support/sample.ts";
import { runBeforeHead, runUntil } from "../interrupted.ts";
import { useProjects } from "../projects.ts";

const { host, folder, project } = useProjects();

const environment = (secret: string) => `${JSON.stringify([`SECRET_KEY_BASE=${secret}`])}\n`;

const FOLLOWED: Script = {
  ps: { stdout: psLine("api") + psLine("db") },
  "events --format": { hang: true },
  "container ls": { stdout: "api-id\n" },
  "container inspect": { stdout: environment(SECRETS.secretKeyBase) },
  logs: { stdout: `api-1  | one ${SECRETS.secretKeyBase}\napi-1  | two\n`, hang: true },
};

describe("logs --follow", { concurrent: true }, () => {
  it("goes on until Ctrl-C, which is exit code 130 and no error, and leaves no process", async () => {
    const { name, docker } = project(FOLLOWED);
    const args = ["logs", "-p", name, "--follow", "--since", "10m", "-n", "5", "api", "db"];
    const result = await runUntil(host, args, (line) => line.endsWith("two"));
    expect(result).toMatchObject({ exitCode: 130, stderr: "" });
    expect(result.stdout).toBe("api-1  | one [secret]\napi-1  | two\n");
    const { args: called, pid } = docker.call("logs");
    expect(called.slice(called.indexOf(name) + 1)).toEqual([
      ...["logs", "--follow", "--no-color", "--tail=5", "--since=10m", "--", "api", "db"],
    ]);
    const events = docker.call("events --format");
    await eventually("both have ended", () => !isAlive(pid) && !isAlive(events.pid));
  });

  it("ends with SIGTERM in the same way", async () => {
    const { name } = project(FOLLOWED);
    const isLast = (line: string) => line.endsWith("two");
    const result = await runUntil(host, ["logs", "-p", name, "-f"], isLast, { signal: "SIGTERM" });
    expect(result).toMatchObject({ exitCode: 130, stderr: "" });
  });

  it("ends well when no container runs any more", async () => {
    const { name } = project({ ...FOLLOWED, logs: { stdout: "api-1  | last words" } });
    const result = await runCli(host, ["logs", "-p", name, "-f"]);
    expect(result).toMatchObject({ exitCode: 0, stdout: "api-1  | last words\n", stderr: "" });
  });

  it("ends well when nobody reads any more", async () => {
    const lines = { stdout: "api-1  | x\n".repeat(1_000), times: 1_000_000 };
    const { name, docker } = project({ ...FOLLOWED, logs: lines });
    const result = await runBeforeHead(host, ["logs", "-p", name, "-f"]);
    expect(result).toMatchObject({ stdout: "api-1  | x\n", stderr: "exit code 0\n" });
    const { pid } = docker.call("logs");
    await eventually("docker has ended", () => !isAlive(pid));
  });

  it("prints each line as JSON where a program reads it", async () => {
    const { name } = project({ ...FOLLOWED, logs: { stdout: "api-1  | a\ndb-1   | b\n" } });
    const { stdout } = await runCli(host, ["logs", "-p", name, "-f", "--json"]);
    const lines = stdout.trimEnd().split("\n");
    expect(lines.map((line) => JSON.parse(line))).toEqual([
      { container: "api-1", text: "a" },
      { container: "db-1", text: "b" },
    ]);
  });

  it("hides the secrets of a container that is made meanwhile", async () => {
    const other = "another-secret-of-the-next-container";
    const { name, docker } = project();
    const made = JSON.stringify({
      Action: "create",
      Actor: { Attributes: { name: "x", "com.docker.compose.service": "api" } },
    });
    // The container is made once its predecessor has spoken and been asked for its secrets. It speaks
    // a moment later, and is slow to be asked.
    const say = join(folder, `${name}.sh`);
    const [began, asked, created] = ["began", "asked", "made"].map((step) => `${say}.${step}`);
    const until = (file = "") => `until [ -e ${file} ]; do sleep 0.02; done`;
    writeFileSync(
      say,
      `#!/bin/sh
PATH=/usr/bin:/bin
case "$1" in
events) ${until(began)}; ${until(asked)}; touch ${created}; echo '${made}'; exec sleep 60 ;;
container)
  if [ -e ${created} ]; then sleep 0.5; echo '${environment(other).trim()}'; exit; fi
  echo '${environment(SECRETS.secretKeyBase).trim()}'; touch ${asked} ;;
*)
  echo "api-1  | old ${SECRETS.secretKeyBase}"; touch ${began}; ${until(created)}
  sleep 0.2; echo "api-1  | new ${other}" ;;
esac
`,
    );
    chmodSync(say, 0o755);
    docker.answer({
      ...FOLLOWED,
      "events --format": { program: say },
      logs: { program: say },
      "container ls": { stdout: `api-${name}\n` },
      "container inspect": { program: say },
    });
    const { stdout, exitCode } = await runCli(host, ["logs", "-p", name, "-f"]);
    expect({ stdout, exitCode }).toEqual({
      stdout: "api-1  | old [secret]\napi-1  | new [secret]\n",
      exitCode: 0,
    });
  });

  it("hides a secret of which one half comes later than the other", async () => {
    const { name, docker } = project();
    const say = join(folder, `${name}.sh`);
    const [half, rest] = [SECRETS.secretKeyBase.slice(0, 5), SECRETS.secretKeyBase.slice(5)];
    writeFileSync(
      say,
      `#!/bin/sh
PATH=/usr/bin:/bin
printf 'api-1  | it is ${half}\ndb-1   | ready\n'; sleep 0.25; printf 'api-1  | ${rest.slice(0, 7)}'
sleep 0.25; printf '${rest.slice(7)}\napi-1  | it is ${half}\n'; sleep 1; echo 'api-1  | ${rest}'
`,
    );
    chmodSync(say, 0o755);
    const container = { stdout: `api-${name}\n` };
    docker.answer({ ...FOLLOWED, "container ls": container, logs: { program: say } });
    const { stdout } = await runCli(host, ["logs", "-p", name, "-f"]);
    expect(stdout.split("\n").sort()).toEqual([
      "",
      ...["api-1  | [secret]", "api-1  | [secret]"],
      ...["api-1  | it is [secret]", "api-1  | it is [secret]", "db-1  | ready"],
    ]);
  });

  it("shows a line that ends as a secret goes on, although nothing follows", async () => {
    const line = `api-1  | took ${SECRETS.secretKeyBase.slice(20, 24)}`;
    const { name } = project({ ...FOLLOWED, logs: { stdout: `${line}\n`, hang: true } });
    const { stdout, exitCode } = await runUntil(host, ["logs", "-p", name, "-f"], () => true);
    expect({ stdout, exitCode }).toEqual({ stdout: `${line}\n`, exitCode: 130 });
  });

  it("shows nothing when the secrets cannot be known", async () => {
    const { name } = project({
      ...FOLLOWED,
      "container inspect": { exitCode: 1, stderr: "permission denied while trying to connect" },
    });
    const result = await runCli(host, ["logs", "-p", name, "-f"]);
    expect(result.stdout).toBe("");
    expect(result.exitCode).not.toBe(0);
    expect(result.stderr).toContain("permission denied");
  });

  it("ends when the engine no longer tells which containers are made", async () => {
    const { name } = project({ ...FOLLOWED, "events --format": {} });
    const result = await runCli(host, ["logs", "-p", name, "-f"]);
    expect(result.exitCode).toBe(EXIT_CODES.DaemonUnreachable);
    expect(result.stderr).toContain("stopped telling");
  });

  it.each([
    ["a service that there is none of", ["apii"], "ServiceNotFound", "api, db"],
    ["a time that is none", ["--since", "yesterday"], "InvalidConfig", "since"],
  ] as const)("refuses %s", async (_, args, kind, names) => {
    const { name } = project(FOLLOWED);
    const { exitCode, stderr } = await runCli(host, ["logs", "-p", name, "-f", ...args]);
    expect(exitCode).toBe(EXIT_CODES[kind]);
    expect(stderr).toContain(names);
  });
});
