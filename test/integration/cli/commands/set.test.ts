/** `set` and `unset` with a `pulumi` that keeps what it is handed. */
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { setCommand } from "../../../../src/cli/commands/set.ts";
import { unsetCommand } from "../../../../src/cli/commands/unset.ts";
import type { AskValue } from "../../../../src/cli/set/new-value.ts";
import type { SetOptions } from "../../../../src/cli/set/stack-change.ts";
import { DeployError } from "../../../../src/errors.ts";
import { run } from "../../../../src/process/run.ts";
import { CLI, interpreter } from "../../../../testing/cli.ts";
import { testContext } from "../../../support/command-context.ts";

const PASSWORD = "canary-password";

const STACKS = [{ name: "dev" }, { name: "prod", current: true }];

/** Config of every stack of the program. */
const CONFIG = {
  version: { value: "v1.50.0" },
  ports: { value: "", objectValue: { api: 3000 } },
  allowUnsafe: { value: "", objectValue: ["a:B", "c:D"] },
  profiles: { value: "", objectValue: ["tools"] },
  workers: { value: '{"events":{}}' },
  settings: { value: "", objectValue: { mail: { from: "a@b" } } },
  memoryLimits: { value: "", objectValue: { api: "1g", db: "1g" } },
  protekt: { value: "true" },
  "ports.api": { value: "5" },
};

/** Makes a program with a `pulumi`, until the running test is done. */
function program() {
  const folder = mkdtempSync(join(tmpdir(), "zbl-test-set-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const entries = Object.entries(CONFIG).map(([name, value]) => [`z-billing-lago:${name}`, value]);
  writeFileSync(join(folder, "Pulumi.yaml"), "name: z-billing-lago\n");
  writeFileSync(join(folder, "stacks"), JSON.stringify(STACKS));
  writeFileSync(join(folder, "config"), JSON.stringify(Object.fromEntries(entries)));
  writeFileSync(
    join(folder, "pulumi"),
    `#!/bin/sh\nPATH=/usr/bin:/bin\ncd ${folder}\ncase "$1 $2" in\n"stack ls") cat stacks ;;\n` +
      `"config --json") cat config ;;\n*) n=$(ls | wc -l)\necho "$@" > call-$n.args\ncat > call-$n.stdin ;;\nesac\n`,
  );
  chmodSync(join(folder, "pulumi"), 0o755);
  const contents = (end: string) =>
    readdirSync(folder)
      .filter((name) => name.endsWith(end))
      .map((name) => readFileSync(join(folder, name), "utf8").trimEnd());
  return { folder, calls: () => contents(".args"), stdins: () => contents(".stdin") };
}

async function command(
  work: typeof setCommand | typeof unsetCommand,
  words: readonly string[],
  options: SetOptions = {},
  ask: AskValue = () => expect.unreachable("nobody is asked"),
) {
  const { folder, calls, stdins } = program();
  const { context, written } = testContext({ environment: { PATH: folder } });
  const error = await work(context, words, { cwd: folder, ...options }, ask).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (error !== undefined && !DeployError.isDeployError(error)) {
    throw error;
  }
  return { ...written, error, calls: calls(), stdins: stdins() };
}

const set = (words: string[], options?: SetOptions, ask?: AskValue) =>
  command(setCommand, words, options, ask);
const unset = (words: string[], options?: SetOptions) => command(unsetCommand, words, options);

const END = "--stack prod --non-interactive";

describe("set", () => {
  it.each([
    [["version", "v1.51.0"], "--plaintext version", "v1.51.0"],
    [["ports.front", "auto"], "--plaintext --path ports.front", "auto"],
    [["ports.front", "8080"], "--plaintext --path ports.front", "8080"],
    [["mail.from", "12345"], "--type string --path settings.mail.from", "12345"],
    [
      ["workers.scheduledPollIntervalSeconds", "0.5"],
      "--type float --path settings.workers.scheduledPollIntervalSeconds",
      "0.5",
    ],
    [["allowUnsafe", "e:F"], "--plaintext --path allowUnsafe[2]", "e:F"],
    [["composeFiles", "-x.yml"], "--plaintext --path composeFiles[0]", "-x.yml"],
  ])(
    "%j hands the value to Pulumi by standard input",
    async ([name = "", value = ""], place, stdin) => {
      const { calls, stdins, error, results } = await set(["prod", name, value]);
      expect(error?.message).toBeUndefined();
      expect(calls).toEqual([expect.stringContaining(`config set ${place}`)]);
      expect(calls[0]).toContain(END);
      expect(stdins).toEqual([stdin]);
      expect(results[0]).toMatch(/ To deploy the change: (\.\/|npx )zbl up prod$/);
    },
  );

  it("names the stack that it chose", async () => {
    const { notes, calls } = await set(["version", "v1.51.0"]);
    expect(notes[0]).toBe("Stack prod (selected)");
    expect(calls[0]).toContain(END);
  });

  it("tells what else is wrong with the config, and is not held up by it", async () => {
    const { notes } = await set(["prod", "version", "v1.51.0"]);
    expect(notes.join("\n")).toMatch(/other faults:[\s\S]*protekt: is not a setting/);
  });

  it("encrypts a secret that a person typed, and shows it nowhere", async () => {
    const asked: unknown[] = [];
    const { calls, stdins, results, notes } = await set(
      ["prod", "mail.smtpPassword"],
      {},
      async (...question) => {
        asked.push(question);
        return PASSWORD;
      },
    );
    expect(asked).toEqual([["mail.smtpPassword of stack prod", true]]);
    expect(calls).toEqual([`config set --secret --path settings.mail.smtpPassword ${END}`]);
    expect(stdins).toEqual([PASSWORD]);
    expect(JSON.stringify([results, notes])).not.toContain(PASSWORD);
  });

  it.each([
    [
      ["prod", "mail.smtpPassword", PASSWORD],
      /is a secret, .* zbl set prod|zbl set prod mail\.smtpPassword$/,
    ],
    [["prod", "version", "latest"], /version: expected a release of Lago/],
    [["prod", "apiUrl", "localhost"], /apiUrl: expected a URL/],
    [["prod", "disableSignup", "yes"], /disableSignup: expected true or false/],
    [["prod", "ports.apii", "3000"], /ports\.apii: no such setting\. Did you mean ports\.api\?/],
    [["prod", "ports.api", "99999"], /ports\.api: expected a port/],
    [["prod", "workers.event.count", "2"], /workers\.event|workers: is one text/],
    [["prod", "protekt", "true"], /protekt: no such setting\. Did you mean protect\?/],
    [["prod", "mail.smtpAdress", "x"], /Did you mean settings\.mail\.smtpAddress\?/],
    [["prod", "allowKeyChange", "secretKeyBas"], /Did you mean secretKeyBase\?/],
    [["prod", "ports", "3000"], /ports: is a group of settings/],
    [["prod", "workers.events.count", "2"], /workers: is one text .*zbl unset prod workers/],
  ])("refuses %j, and writes nothing", async (words, message) => {
    const { error, calls } = await set(words);
    expect(error?.kind).toBe("InvalidConfig");
    expect(error?.message).toMatch(message);
    expect(error?.message).not.toContain(PASSWORD);
    expect(calls).toEqual([]);
  });

  it("refuses a stack that does not exist, and writes nothing", async () => {
    const { error, calls } = await set(["prdo", "version", "v1.51.0"]);
    expect(error?.kind).toBe("StackNotFound");
    expect(error?.message).toContain(
      "There is no stack prdo. Did you mean prod? Stacks: dev, prod.",
    );
    expect(calls).toEqual([]);
  });

  it.each([
    ["version", "v1.50.0"],
    ["ports.api", "3000"],
    ["allowUnsafe", "a:B"],
  ])("writes nothing where %s is %s already", async (name, value) => {
    const { calls, results } = await set(["prod", name, value], { json: true });
    expect(calls).toEqual([]);
    expect(JSON.parse(results[0] ?? "")).toEqual({ stack: "prod", name, change: "unchanged" });
  });

  it("takes the value from a pipe, and refuses an empty one", async () => {
    const { folder, calls, stdins } = program();
    const zbl = (stdin: string) =>
      run(interpreter()[0], [interpreter()[1], CLI, "set", "prod", "apiKey"], {
        cwd: folder,
        env: { PATH: [folder, process.env.PATH].join(delimiter) },
        stdin,
        timeoutMs: 25_000,
      });
    const empty = await zbl("\n");
    expect(empty.exitCode).toBe(10);
    expect(empty.stderr).toMatch(/nothing came by standard input.*: npx zbl set prod apiKey$/m);
    expect(calls()).toEqual([]);
    const { exitCode, stdout } = await zbl(`${PASSWORD}\n`);
    expect(exitCode).toBe(0);
    expect(stdins()).toEqual([PASSWORD]);
    expect(calls()).toEqual([`config set --secret apiKey ${END}`]);
    expect(stdout).not.toContain(PASSWORD);
  });
});

describe("unset", () => {
  it.each([
    [["version"], "version"],
    [["memoryLimits.api"], "--path memoryLimits.api"],
    [["mail.from"], "settings"],
    [["settings.mail"], "settings"],
    [["protekt"], "protekt"],
    [["ports.api"], "ports.api"],
    [["workers"], "workers"],
    [["allowUnsafe"], "allowUnsafe"],
    [["allowUnsafe", "c:D"], "--path allowUnsafe[1]"],
    [["profiles", "tools"], "profiles"],
  ])("%j removes just that, and what would be empty without it", async (words, place) => {
    const { calls, error, results } = await unset(["--", ...words].slice(1), { stack: "prod" });
    expect(error?.message).toBeUndefined();
    expect(calls).toEqual([`config rm ${place} ${END}`]);
    expect(results[0]).toMatch(/zbl up prod$/);
  });

  it.each([
    [["prod", "protect"], "protect of stack prod is not set."],
    [["prod", "apiKey"], "apiKey of stack prod is not set."],
  ])("%j has nothing to remove", async (words, result) => {
    const { calls, results } = await unset(words);
    expect(calls).toEqual([]);
    expect(results).toEqual([result]);
  });

  it.each([
    [["prod", "versoin"], /versoin: no such setting\. Did you mean version\?/],
    [["prod", "allowUnsafe", "a:C"], /does not have a:C\. Did you mean a:B\?/],
    [["prod", "version", "v1.50.0"], /is not a list/],
  ])("refuses %j", async (words, message) => {
    const { calls, error } = await unset(words);
    expect(error?.message).toMatch(message);
    expect(calls).toEqual([]);
  });
});
