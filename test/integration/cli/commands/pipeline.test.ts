import { once } from "node:events";
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { EXIT_CODES } from "../../../../src/cli/exit-codes.ts";
import type { ProcessFailure } from "../../../../src/process/failure.ts";
import { type FakePulumi, useFakePulumi } from "../../../support/fake-pulumi.ts";
import { previewed, recreated } from "../../../support/stack-sample.ts";

const URN = "urn:pulumi:dev::p::a:b:Thing";
const SAME = JSON.stringify({ steps: [], diagnostics: [] });
const CHANGES = JSON.stringify({
  steps: [{ op: "create", urn: `${URN}::new`, newState: { type: "a:b:Thing" } }],
});
const WHO = { stdout: JSON.stringify({ user: "ci", url: "file:///state" }) };
const SAID = '{"diagnosticEvent":{"severity":"info","message":"starting"}}\n';
const BEGUN = '{"preludeEvent":{}}\n';
const ENDED = `${BEGUN}{"summaryEvent":{"result":"succeeded"}}\n`;
const LOCKED = {
  exitCode: 1,
  stderr: `error: the stack is currently locked by 1 lock(s). Either wait or cancel.
  s3://b/.pulumi/locks/organization/p/dev/1.json: created by ci@elsewhere (pid 4711) at 2026-01-02T03:04:05Z
`,
};

const failed = (message: string) => ({
  exitCode: 1,
  stdout: JSON.stringify({ diagnostics: [{ severity: "error", message: `error: ${message}\n` }] }),
});

const commandsOf = (pulumi: FakePulumi) => pulumi.calls().map((call) => call.split(" ")[0]);

describe("pipeline preview", () => {
  it.each([
    ["no change", SAME, 0, 0],
    ["changes", CHANGES, 0, 4],
  ])("of %s ends with its exit code", async (outcome, stdout, code, detailed) => {
    const pulumi = useFakePulumi();
    pulumi.answer({ preview: { stdout } });
    const file = join(pulumi.folder, "report.json");
    const args = ["preview", "--stack", "dev", "--json", file];
    expect(await pulumi.pipeline(args)).toMatchObject({ exitCode: code });
    expect(JSON.parse(readFileSync(file, "utf8"))).toMatchObject({ outcome, touched: false });
    expect(await pulumi.pipeline([...args, "--detailed-exitcode"])).toMatchObject({
      exitCode: detailed,
    });
    expect(pulumi.calls()).toContain("preview --json --refresh --stack dev --non-interactive");
    expect(new Set(commandsOf(pulumi))).toEqual(new Set(["preview"]));
  });

  it("tells what is refused from what fails", async () => {
    const pulumi = useFakePulumi();
    pulumi.answer({
      preview: [failed("InvalidConfig: ports.api: expected a port"), failed("no such bucket")],
    });
    const refused = await pulumi.pipeline(["preview", "--stack", "dev"]);
    expect(refused).toMatchObject({ exitCode: 5 });
    expect(refused.stdout).toContain("error: InvalidConfig: ports.api: expected a port");
    const other = await pulumi.pipeline(["preview", "--stack", "dev"]);
    expect(other).toMatchObject({ exitCode: 6 });
    expect(other.stdout).toContain("error: no such bucket");
  });

  it("shows no secret of the config or the environment, whatever Pulumi quotes", async () => {
    const pulumi = useFakePulumi();
    const secrets = ["hunter2-of-the-config", "hunter2-of-the-job"];
    const config = { "p:settings": { value: "{}", objectValue: { a: secrets[0] }, secret: true } };
    pulumi.answer({
      preview: failed(`cannot read ${secrets.join(" and ")}`),
      config: { stdout: JSON.stringify(config) },
    });
    const [markdown, json] = ["r.md", "r.json"].map((file) => join(pulumi.folder, file));
    const summary = join(pulumi.folder, "summary.md");
    writeFileSync(summary, "before\n");
    const { stdout, stderr } = await pulumi.pipeline(
      ["preview", "--stack", "dev", "--markdown", markdown ?? "", "--json", json ?? ""],
      { PULUMI_CONFIG_PASSPHRASE: secrets[1] ?? "", GITHUB_STEP_SUMMARY: summary },
    );
    const files = [markdown, json, summary].map((file) => readFileSync(file ?? "", "utf8"));
    for (const text of [stdout, ...files]) {
      expect(text).toContain("cannot read [secret] and [secret]");
    }
    expect([stdout, stderr, ...files].join()).not.toContain("hunter2");
    expect(files[2]).toMatch(/^before\n<!-- z-billing-lago preview dev -->\n/);
  });

  it("says before it begins that a report cannot be written", async () => {
    const pulumi = useFakePulumi();
    const args = ["--stack", "dev", "--markdown", join(pulumi.folder, "no", "report.md")];
    const { exitCode, stderr } = await pulumi.pipeline(["deploy", ...args]);
    expect(exitCode).toBe(EXIT_CODES.InvalidConfig);
    expect(stderr).toContain("Nothing was touched");
    expect(pulumi.calls()).toEqual([]);
  });

  it("needs a stack, and a pulumi", async () => {
    const pulumi = useFakePulumi();
    expect(await pulumi.pipeline(["preview"])).toMatchObject({ exitCode: 2 });
    const onlyNode = join(pulumi.folder, "bin");
    mkdirSync(onlyNode);
    symlinkSync(process.execPath, join(onlyNode, "node"));
    const none = await pulumi.pipeline(["preview", "--stack", "dev"], { PATH: onlyNode });
    expect(none).toMatchObject({ exitCode: EXIT_CODES.CommandExecution });
    expect(none.stdout).toContain("Put the `pulumi` program on the PATH");
  });
});

describe("pipeline deploy", () => {
  it("does nothing where there is nothing to do", async () => {
    const pulumi = useFakePulumi();
    pulumi.answer({ whoami: WHO, preview: { stdout: SAME } });
    const { exitCode, stdout } = await pulumi.pipeline(["deploy", "--stack", "dev"]);
    expect({ exitCode, stdout }).toMatchObject({ exitCode: 0 });
    expect(stdout).toContain("Nothing to deploy to stack dev");
    expect(commandsOf(pulumi)).toEqual(["whoami", "preview"]);
  });

  it("updates after the preview, and not at all when that refuses", async () => {
    const pulumi = useFakePulumi();
    pulumi.answer({ whoami: WHO, preview: [{ stdout: CHANGES }, failed("UnsafeConfig: no")] });
    pulumi.answer({ up: { stdout: ENDED } });
    const args = ["deploy", "--stack", "dev"];
    const updated = await pulumi.pipeline(args);
    expect(updated).toMatchObject({ exitCode: 0 });
    expect(updated.stdout).not.toContain("was waited for");
    expect(pulumi.calls().at(-1)).toBe(
      "up --yes --skip-preview --refresh --json --stack dev --non-interactive",
    );
    expect(await pulumi.pipeline(args)).toMatchObject({ exitCode: 5 });
    expect(commandsOf(pulumi).filter((command) => command === "up")).toHaveLength(1);
    expect(existsSync(join(pulumi.folder, ".z-billing-lago"))).toBe(true);
  });

  it("refuses what puts data at stake, which only a person may accept", async () => {
    const pulumi = useFakePulumi();
    const risk = "volume lago-billing_data does not exist and would be made EMPTY";
    const services = [recreated("db")];
    pulumi.answer({
      whoami: WHO,
      preview: { stdout: previewed({ changes: true, risk, services }) },
    });
    const file = join(pulumi.folder, "report.json");
    const { exitCode, stdout } = await pulumi.pipeline([
      "deploy",
      "--stack",
      "dev",
      "--json",
      file,
    ]);
    expect(exitCode).toBe(5);
    expect(stdout).toContain(`error: DATA AT STAKE: ${risk}.`);
    expect(stdout).toMatch(/`\S+ zbl up dev` on a terminal asks for the name of the stack/);
    expect(JSON.parse(readFileSync(file, "utf8"))).toMatchObject({
      outcome: "refused",
      touched: false,
    });
    expect(commandsOf(pulumi)).not.toContain("up");
  });

  it("makes a stack only when told to", async () => {
    const pulumi = useFakePulumi();
    pulumi.answer({ whoami: WHO, preview: { stdout: SAME }, stack: {} });
    const args = ["deploy", "--stack", "dev", "--create", "--secrets-provider", "awskms://k"];
    expect(await pulumi.pipeline(args)).toMatchObject({ exitCode: 0 });
    expect(pulumi.calls()[1]).toBe(
      "stack select --create --stack dev --secrets-provider awskms://k --non-interactive",
    );
  });

  it("waits for another run of Pulumi, and goes on when that is done", async () => {
    const pulumi = useFakePulumi();
    pulumi.answer({ whoami: WHO, preview: { stdout: CHANGES } });
    pulumi.answer({ up: [LOCKED, { stdout: ENDED }] });
    const { exitCode, stdout, stderr } = await pulumi.pipeline(["deploy", "--stack", "dev"]);
    expect(exitCode, stderr).toBe(0);
    expect(stderr).toContain("stack dev: waiting for ci@elsewhere (pid 4711) at 2026");
    expect(stdout).toContain("What is listed here was found before that run ended");
    expect(commandsOf(pulumi)).not.toContain("cancel");
  });

  it("says who is at work and what to do, when it has waited in vain", async () => {
    const pulumi = useFakePulumi();
    pulumi.answer({ whoami: WHO, preview: { stdout: CHANGES }, up: LOCKED });
    const file = join(pulumi.folder, "report.json");
    const args = ["deploy", "--stack", "dev", "--lock-timeout", "0", "--json", file];
    const { exitCode, stdout } = await pulumi.pipeline(args);
    expect(exitCode).toBe(EXIT_CODES.Locked);
    expect(JSON.parse(readFileSync(file, "utf8"))).toMatchObject({ touched: false });
    expect(stdout).toContain("held by ci@elsewhere (pid 4711)");
    expect(stdout).toContain("`pulumi cancel --yes --stack dev` gives the lock back");
    expect(commandsOf(pulumi)).not.toContain("cancel");
  });

  it("goes on from a Pulumi that was killed, and does so once", async () => {
    const pulumi = useFakePulumi();
    pulumi.answer({ whoami: WHO, preview: [{ stdout: CHANGES }, { stdout: SAME }] });
    pulumi.answer({ up: [{ stdout: BEGUN, signal: "KILL" }, { stdout: ENDED }] });
    pulumi.answer({ refresh: { stdout: ENDED } });
    const args = ["deploy", "--stack", "dev"];
    const killed = await pulumi.pipeline(args);
    expect(killed).toMatchObject({ exitCode: 6 });
    expect(killed.stdout).toContain("Pulumi was killed (exit code 137)");
    const next = await pulumi.pipeline(args);
    expect(next.exitCode, next.stdout).toBe(0);
    expect(next.stdout).toContain(
      "The last run did not finish. None of its processes runs any more",
    );
    expect(commandsOf(pulumi)).toEqual([
      // An error is shown, for which the secrets of the config have to be known.
      ...["whoami", "preview", "up", "config"],
      ...["whoami", "refresh", "preview", "up"],
    ]);
    expect(pulumi.calls()).toContain(
      "refresh --yes --skip-preview --clear-pending-creates --json --stack dev --non-interactive",
    );
    await pulumi.pipeline(args);
    expect(commandsOf(pulumi).slice(-2)).toEqual(["whoami", "preview"]);
  });

  it("waits for the Pulumi of a deploy that was killed, and leaves it alone", async () => {
    const pulumi = useFakePulumi();
    pulumi.answer({ whoami: WHO, preview: { stdout: CHANGES }, refresh: { stdout: ENDED } });
    pulumi.answer({ up: [{ stdout: BEGUN, signal: "KILL" }, { stdout: ENDED }] });
    await pulumi.pipeline(["deploy", "--stack", "dev"]);
    const notes = join(pulumi.folder, ".z-billing-lago", "deploys");
    const file = join(notes, readdirSync(notes)[0] ?? "");
    const [note] = JSON.parse(readFileSync(file, "utf8"));
    // This process stands for it.
    writeFileSync(file, JSON.stringify([{ ...note, pids: [process.pid] }]));
    const args = ["deploy", "--stack", "dev", "--lock-timeout", "1"];
    const { exitCode, stdout, stderr } = await pulumi.pipeline(args);
    expect(exitCode).toBe(EXIT_CODES.Locked);
    expect(stderr).toContain(`waiting for the pulumi of a killed deploy (pid ${process.pid})`);
    expect(stdout).toContain(`end it with \`kill -INT ${process.pid}\``);
    expect(commandsOf(pulumi).at(-2)).toBe("whoami");

    writeFileSync(file, JSON.stringify([{ ...note, pids: [2 ** 22 + 1] }]));
    expect(await pulumi.pipeline(args)).toMatchObject({ exitCode: 0 });
  });

  it("ends Pulumi when it is told to stop, and says that something may have been changed", async () => {
    const pulumi = useFakePulumi();
    pulumi.answer({
      whoami: WHO,
      preview: { stdout: CHANGES },
      up: { stdout: BEGUN + SAID, hangs: true },
    });
    const file = join(pulumi.folder, "report.json");
    const stop = new AbortController();
    const begun = new AbortController();
    const args = ["deploy", "--stack", "dev", "--json", file];
    const deploy = pulumi.pipeline(args, {}, { signal: stop.signal, onLine: () => begun.abort() });
    await once(begun.signal, "abort");
    stop.abort();
    const { output } = (await deploy.catch((error: unknown) => error)) as ProcessFailure;
    expect(output).toContain("error: Canceled: ");
    expect(JSON.parse(readFileSync(file, "utf8"))).toMatchObject({
      outcome: "failed",
      touched: true,
    });
  });

  it("tells why an update failed, and that something may have been changed", async () => {
    const pulumi = useFakePulumi();
    const message = "error: exit status 41: running x:\nerror: NotReady: Service api is unhealthy.";
    const event = JSON.stringify({ diagnosticEvent: { severity: "error", message } });
    pulumi.answer({ whoami: WHO, preview: { stdout: CHANGES } });
    pulumi.answer({ up: { exitCode: 1, stdout: `${event}\n${ENDED}` } });
    const file = join(pulumi.folder, "report.json");
    const { exitCode } = await pulumi.pipeline(["deploy", "--stack", "dev", "--json", file]);
    expect(exitCode).toBe(6);
    expect(JSON.parse(readFileSync(file, "utf8"))).toMatchObject({
      outcome: "failed",
      touched: true,
      errors: ["NotReady: Service api is unhealthy."],
    });
  });
});

describe("pipeline drift", () => {
  it("takes what is yet to be deployed for no drift, and says so", async () => {
    const pulumi = useFakePulumi();
    pulumi.answer({ preview: { stdout: CHANGES } });
    const { exitCode, stdout } = await pulumi.pipeline(["drift", "--stack", "dev"]);
    expect(exitCode).toBe(0);
    expect(stdout).toContain("This checkout is not what is deployed");
    expect(commandsOf(pulumi)).toEqual(["preview"]);
  });
});
