import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { type Asker, initCommand } from "../../../../src/cli/commands/init.ts";
import { DeployError } from "../../../../src/errors.ts";
import { GUARDED_KEY_NAMES } from "../../../../src/lago/lago-keys.ts";
import { eventually } from "../../../../testing/processes.ts";
import { type Script, useFakeDocker } from "../../../../testing/scripted-docker/fake-docker.ts";
import { testContext } from "../../../support/command-context.ts";

/** A folder with a program, and a `pulumi` that notes what it is told. */
function program(
  answers: { config?: object; state?: object; failsAt?: string; hangsAt?: string } = {},
) {
  const folder = mkdtempSync(join(tmpdir(), "zbl-test-init-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const calls = join(folder, "calls");
  writeFileSync(join(folder, "Pulumi.yaml"), "name: z-billing-lago\nruntime: nodejs\n");
  writeFileSync(join(folder, "config.json"), JSON.stringify(answers.config ?? {}));
  const state = answers.state ?? { deployment: {} };
  writeFileSync(join(folder, "state.json"), JSON.stringify(state));
  writeFileSync(
    join(folder, "pulumi"),
    `#!/bin/sh\nPATH=/usr/bin:/bin\necho "$@" >> ${calls}\n` +
      `case "$*" in\n*${answers.failsAt ?? "never"}*) echo 'no' >&2; exit 1 ;;\n` +
      `*${answers.hangsAt ?? "never"}*) exec sleep 60 ;;\nesac\n` +
      // Where Pulumi itself would write: to the file that it is told, or to the stack's own.
      `file=Pulumi.dev.yaml; for word; do [ "$last" = --config-file ] && file=$word; last=$word; done\n` +
      `case "$*" in "config set"*) echo "$4: $5" >> "$file" ;; esac\ncase "$*" in\n` +
      `"config --json"*) cat ${folder}/config.json ;;\n"stack export"*) cat ${folder}/state.json ;;\n"stack ls"*) echo '[]' ;;\n` +
      `*--secret*) cat > ${folder}/secret-$(wc -l < ${calls}) ;;\nesac\n`,
  );
  chmodSync(join(folder, "pulumi"), 0o755);
  return {
    folder,
    calls: () => (existsSync(calls) ? readFileSync(calls, "utf8").trimEnd().split("\n") : []),
    secrets: () =>
      readdirSync(folder)
        .filter((name) => name.startsWith("secret-"))
        .map((name) => readFileSync(join(folder, name), "utf8")),
  };
}

const NO_DATA = { "volume ls": { stdout: "" } };
const DATA = { "volume ls": { stdout: "lago-dev_lago_postgres_data\t\n" } };

async function init(
  { folder }: { folder: string },
  options: Partial<Parameters<typeof initCommand>[2]> = {},
  {
    stack,
    asker,
    script = NO_DATA,
    signal,
    isFree = async () => true,
  }: {
    stack?: string;
    asker?: Asker;
    script?: Script;
    signal?: AbortSignal;
    isFree?: (port: number) => Promise<boolean>;
  } = { stack: "dev" },
) {
  useFakeDocker(script);
  const { context, written } = testContext({
    environment: { PATH: folder },
    ...(signal && { signal }),
  });
  const error = await initCommand(context, stack, { cwd: folder, ...options }, asker, isFree).then(
    () => undefined,
    (thrown: unknown) => thrown as DeployError,
  );
  return { ...written, error };
}

describe("init", () => {
  it("makes the stack, its settings, and its keys as secrets by standard input", async () => {
    const made = program();
    const { results, error } = await init(made, { apiPort: "3100" });
    expect(error).toBeUndefined();
    const calls = made.calls();
    expect(calls.slice(0, 3)).toEqual([
      "stack ls --json --non-interactive",
      "stack init --stack dev --non-interactive",
      expect.stringMatching(/^config set --path ports.api 3100 --stack dev --config-file \/\S+ --/),
    ]);
    const file = readFileSync(join(made.folder, "Pulumi.dev.yaml"), "utf8");
    expect(file).toContain("ports.api: 3100\n");
    expect(file.trimEnd().split("\n")).toHaveLength(1 + GUARDED_KEY_NAMES.length);
    expect(calls.filter((call) => call.includes("--secret "))).toHaveLength(
      GUARDED_KEY_NAMES.length,
    );
    const secrets = made.secrets();
    expect(secrets).toHaveLength(GUARDED_KEY_NAMES.length);
    for (const secret of secrets) {
      expect(secret.length).toBeGreaterThanOrEqual(32);
      expect(calls.join("\n") + results.join("\n")).not.toContain(secret);
    }
    expect(results.join("\n")).toContain("Pulumi.dev.yaml: ports.api");
  });

  it.each([
    ["no file, where there was none", undefined],
    ["the file as it was", "config:\n  z-billing-lago:version: v1.50.0\n"],
  ])("leaves %s when it is cut short or fails on its way", async (_, before) => {
    const options = { apiPort: "3100", frontPort: "8100", overwrite: true };
    const untouched = (folder: string) => {
      const file = join(folder, "Pulumi.dev.yaml");
      expect(existsSync(file) ? readFileSync(file, "utf8") : undefined).toBe(before);
      expect(readdirSync(folder).filter((name) => name.startsWith("."))).toEqual([]);
    };
    const begin = (made: { folder: string }) =>
      before === undefined || writeFileSync(join(made.folder, "Pulumi.dev.yaml"), before);

    const canceler = new AbortController();
    const hanging = program({ hangsAt: "ports.front" });
    begin(hanging);
    const running = init(hanging, options, { stack: "dev", signal: canceler.signal });
    const hangs = () => hanging.calls().some((call) => call.includes("ports.front"));
    await eventually("the second setting", hangs);
    canceler.abort();
    expect((await running).error).toMatchObject({ kind: "Canceled" });
    untouched(hanging.folder);

    const failing = program({ failsAt: "rsaPrivateKey" });
    begin(failing);
    expect((await init(failing, options)).error).toMatchObject({ kind: "CommandFailed" });
    untouched(failing.folder);
  });

  it("leaves settings alone that are there, unless told, and touches nothing then", async () => {
    const made = program();
    writeFileSync(
      join(made.folder, "Pulumi.dev.yaml"),
      "config:\n  z-billing-lago:version: v1.50.0\n",
    );
    const { error } = await init(made);
    expect(error).toMatchObject({ kind: "InvalidConfig" });
    expect(error?.message).toContain("--overwrite");
    expect(made.calls()).toEqual([]);
    expect((await init(made, { overwrite: true })).error).toBeUndefined();
    expect(made.calls()).not.toEqual([]);
  });

  it("goes on where it was cut short before any setting was written", async () => {
    const made = program();
    writeFileSync(join(made.folder, "Pulumi.dev.yaml"), "encryptionsalt: v1:x\n");
    expect((await init(made)).error).toBeUndefined();
  });

  it.each(["z-billing-lago", "renamed"])(
    "never replaces a key, whatever it is told, in a program called %s",
    async (name) => {
      const given = (value: string) => ({ value, secret: true });
      const made = program({
        config: {
          [`${name}:secretKeyBase`]: given("x"),
          [`${name}:environment`]: {
            value: "",
            objectValue: { POSTGRES_PASSWORD: "y" },
            secret: true,
          },
        },
      });
      writeFileSync(join(made.folder, "Pulumi.yaml"), `name: ${name}\nruntime: nodejs\n`);
      await init(made, { overwrite: true });
      const written = made.calls().filter((call) => call.includes("--secret "));
      expect(written).toHaveLength(GUARDED_KEY_NAMES.length - 2);
      expect(written.join("\n")).not.toMatch(/secretKeyBase|POSTGRES_PASSWORD/);
    },
  );

  it.each([
    [
      "its state holds some",
      { state: { deployment: { resources: [{ type: "pulumi-nodejs:dynamic/lago:Keys" }] } } },
      NO_DATA,
      "in its state",
    ],
    ["the project has data that needs others", {}, DATA, "keys recover"],
  ])("generates no keys where %s", async (_, answers, script, said) => {
    const made = program(answers);
    const { notes, error } = await init(made, {}, { stack: "dev", script });
    expect(error).toBeUndefined();
    expect(made.secrets()).toEqual([]);
    expect(notes.join("\n")).toContain(said);
  });

  it("generates them where the engine does not answer, and says what it does not know", async () => {
    const made = program();
    const gone = { exitCode: 1, stderr: "Cannot connect to the Docker daemon at unix:///x" };
    const { notes } = await init(made, {}, { stack: "dev", script: { "volume ls": gone } });
    expect(made.secrets()).toHaveLength(GUARDED_KEY_NAMES.length);
    expect(notes.join("\n")).toContain("Cannot tell whether the project has data");
  });

  it("fails with what Pulumi says, and no key in it", async () => {
    const made = program({ failsAt: "rsaPrivateKey" });
    const { error } = await init(made);
    expect(error).toMatchObject({ kind: "CommandFailed" });
    for (const secret of made.secrets()) {
      expect(error?.message).not.toContain(secret);
    }
  });

  it("needs a program in the folder", async () => {
    const folder = mkdtempSync(join(tmpdir(), "zbl-test-init-"));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    expect((await init({ folder })).error).toMatchObject({ kind: "PathNotFound" });
  });
});

describe("init without a terminal", () => {
  it("needs the stack's name, and does not wait for anybody", async () => {
    const made = program();
    const { error } = await init(made, {}, {});
    expect(error).toMatchObject({ kind: "InvalidConfig" });
    expect(error?.message).toContain("there is no terminal");
    expect(made.calls()).toEqual([]);
  });
});

describe("init on a terminal", () => {
  const answering = (answers: Record<string, string>): Asker & { asked: string[] } => {
    const asked: string[] = [];
    return {
      asked,
      text: async (question, _, otherwise) => {
        asked.push(question);
        return answers[question] ?? otherwise;
      },
      yesNo: async () => {
        asked.push("disableSignup");
        return false;
      },
    };
  };

  it("asks for what no option says", async () => {
    const made = program();
    const asker = answering({ stack: "prod", frontPort: "8080" });
    const { results } = await init(made, { apiUrl: "https://x.example.com" }, { asker });
    expect(asker.asked).toEqual([
      ...["stack", "frontUrl", "apiPort", "frontPort", "organizationName", "disableSignup"],
    ]);
    expect(results[0]).toContain("Pulumi.prod.yaml: apiUrl, ports.front, disableSignup.");
  });

  it("asks for the address beside an organization, and not for sign-up, which stays closed then", async () => {
    const made = program();
    const asker = answering({ organizationName: "Acme", organizationEmail: "you@acme.example" });
    const { results } = await init(made, { apiPort: "1", frontPort: "2" }, { stack: "dev", asker });
    expect(asker.asked.slice(-2)).toEqual(["organizationName", "organizationEmail"]);
    expect(results[0]).toContain("organization.name, organization.email.");
    expect(made.calls()).toContainEqual(
      expect.stringContaining("config set --path organization.email you@acme.example"),
    );
  });

  it("offers a free port where somebody listens on Lago's own", async () => {
    const made = program();
    const isFree = async (port: number) => port !== 3000;
    const { results } = await init(made, {}, { stack: "dev", asker: answering({}), isFree });
    expect(results[0]).toContain("Pulumi.dev.yaml: ports.api, disableSignup.");
    expect(made.calls()).toContainEqual(
      expect.stringContaining("config set --path ports.api auto"),
    );
  });

  it("asks nothing with --yes", async () => {
    const asker = answering({});
    await init(program(), { yes: true }, { stack: "dev", asker });
    expect(asker.asked).toEqual([]);
  });

  it("makes nothing when the answers end", async () => {
    const made = program();
    const asker: Asker = {
      text: async () => {
        throw new DeployError("Canceled", "Nothing was made.");
      },
      yesNo: async () => true,
    };
    expect((await init(made, {}, { asker })).error).toMatchObject({ kind: "Canceled" });
    expect(made.calls()).toEqual([]);
  });
});
