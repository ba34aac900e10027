/** `adopt`, with real answers of compose about the files, and an engine and a Pulumi that are scripted. */
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
import { type AdoptOptions, adoptCommand } from "../../../../src/cli/commands/adopt.ts";
import type { DeployError } from "../../../../src/errors.ts";
import { type Script, useFakeDocker } from "../../../../testing/scripted-docker/fake-docker.ts";
import { testContext } from "../../../support/command-context.ts";
import { afterPlainUp, folderOf, secretsOfLago } from "../../../support/plain-compose.ts";

/** A program whose `pulumi` notes what it is told, and what it gets by standard input. */
function program({
  stacks = [] as object[],
  config = {},
  states = {} as Record<string, object>,
} = {}) {
  const folder = mkdtempSync(join(tmpdir(), "zbl-test-adopt-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  writeFileSync(join(folder, "Pulumi.yaml"), "name: z-billing-lago\nruntime: nodejs\n");
  writeFileSync(join(folder, "stacks.json"), JSON.stringify(stacks));
  writeFileSync(join(folder, "config.json"), JSON.stringify(config));
  for (const [name, state] of Object.entries(states)) {
    writeFileSync(join(folder, `state-${name}.json`), JSON.stringify(state));
  }
  writeFileSync(
    join(folder, "pulumi"),
    `#!/bin/sh
PATH=/usr/bin:/bin
echo "$@" >> ${folder}/calls
stack=; file=; for word; do
  [ "$last" = --stack ] && stack=$word
  [ "$last" = --config-file ] && file=$word
  last=$word
done
case "$*" in
  "stack ls"*) cat ${folder}/stacks.json ;;
  "stack export"*) cat ${folder}/state-$stack.json 2>/dev/null || echo '{"deployment":{}}' ;;
  "config --json"*) cat ${folder}/config.json ;;
  "config set"*) cat > ${folder}/value-$(wc -l < ${folder}/calls); echo "written" >> "$file" ;;
esac
`,
  );
  chmodSync(join(folder, "pulumi"), 0o755);
  const calls = () => {
    const file = join(folder, "calls");
    return existsSync(file) ? readFileSync(file, "utf8").trimEnd().split("\n") : [];
  };
  /** Values by the words of the command that wrote them. */
  const written = () =>
    Object.fromEntries(
      readdirSync(folder)
        .filter((name) => name.startsWith("value-"))
        .map((name) => {
          const call = calls()[Number(name.slice("value-".length)) - 1] ?? "";
          const words = call.replace(/^config set /, "").replace(/ --stack.*$/, "");
          return [words, readFileSync(join(folder, name), "utf8")];
        }),
    );
  return { folder, calls, written };
}

async function adopt(
  { folder }: { readonly folder: string },
  script: Script,
  options: Partial<AdoptOptions> & { readonly project: string },
  { word = "prod", answer }: { word?: string; answer?: boolean } = {},
) {
  useFakeDocker(script);
  const { context, written } = testContext({ environment: { PATH: folder } });
  const questions =
    answer === undefined
      ? undefined
      : { yesNo: async () => answer, text: async () => Promise.reject(new Error("not asked")) };
  let error: DeployError | undefined;
  const code = await adoptCommand(context, word, { cwd: folder, ...options }, questions).catch(
    (thrown: DeployError) => {
      error = thrown;
      return undefined;
    },
  );
  return { code, error, output: written.results.join("\n"), notes: written.notes.join("\n") };
}

describe("adopt", () => {
  it("writes what makes the very containers, with the keys as secrets by standard input", async () => {
    const secrets = await secretsOfLago();
    const folder = folderOf("adopt-named", { ".env": { ...secrets, API_PORT: "24399" } });
    const script = await afterPlainUp(folder, { project: "acme-billing" });
    const made = program();
    const { code, error, output } = await adopt(made, script, {
      project: "acme-billing",
      yes: true,
    });
    expect(error).toBeUndefined();
    expect(code, output).toBe(0);
    expect(output).toContain("is as declared: 4 stays, 1 runs again. No container is replaced.");
    expect(output).toMatch(
      /^api +api +runs +getlago\/api:v1\.50\.0 +127\.0\.0\.1:24399->3000\/tcp$/m,
    );
    expect(made.written()).toEqual({
      "--plaintext projectName": "acme-billing",
      "--plaintext lagoPath": folder,
      "--plaintext adopted": "true",
      "--type string --path environment.API_PORT": "24399",
      "--secret secretKeyBase": secrets.SECRET_KEY_BASE,
      "--secret rsaPrivateKey": secrets.LAGO_RSA_PRIVATE_KEY,
      "--secret --path environment.POSTGRES_PASSWORD": secrets.POSTGRES_PASSWORD,
      "--secret --path environment.LAGO_ENCRYPTION_PRIMARY_KEY":
        secrets.LAGO_ENCRYPTION_PRIMARY_KEY,
      "--secret --path environment.LAGO_ENCRYPTION_DETERMINISTIC_KEY":
        secrets.LAGO_ENCRYPTION_DETERMINISTIC_KEY,
      "--secret --path environment.LAGO_ENCRYPTION_KEY_DERIVATION_SALT":
        secrets.LAGO_ENCRYPTION_KEY_DERIVATION_SALT,
    });
    expect(made.calls().filter((call) => call.startsWith("stack init"))).toEqual([
      "stack init --stack prod --non-interactive",
    ]);
    for (const secret of Object.values(secrets)) {
      expect(made.calls().join("\n") + output).not.toContain(secret);
    }
  });

  it("keeps names, ports and limits of files with names of their own, and switches their profile on", async () => {
    const secrets = await secretsOfLago();
    const variables = {
      BILLING_DB_PASSWORD: secrets.POSTGRES_PASSWORD,
      BILLING_SECRET: secrets.SECRET_KEY_BASE,
      BILLING_RSA: secrets.LAGO_RSA_PRIVATE_KEY,
      BILLING_KEY_A: secrets.LAGO_ENCRYPTION_PRIMARY_KEY,
      BILLING_KEY_B: secrets.LAGO_ENCRYPTION_DETERMINISTIC_KEY,
      BILLING_SALT: secrets.LAGO_ENCRYPTION_KEY_DERIVATION_SALT,
    };
    const folder = folderOf("adopt-prefixed", { ".env": variables });
    const script = await afterPlainUp(folder, { project: "billing", profiles: ["jobs"] });
    const made = program();
    const { error, output } = await adopt(made, script, { project: "billing", yes: true });
    expect(error).toBeUndefined();
    expect(output).toContain("5 stays, 1 runs again. No container is replaced.");
    expect(output).toMatch(/^lago-db +db +runs/m);
    const written = made.written();
    expect(written["--plaintext --path profiles[0]"]).toBe("jobs");
    expect(written["--secret --path environment.BILLING_DB_PASSWORD"]).toBe(
      secrets.POSTGRES_PASSWORD,
    );
  });

  it("leaves keys to the env_file that gives them", async () => {
    const { POSTGRES_PASSWORD, ...keys } = await secretsOfLago();
    const folder = folderOf("adopt-env-file", {
      "db.env": { POSTGRES_USER: "lago", POSTGRES_DB: "lago", POSTGRES_PASSWORD },
      "lago.env": {
        ...keys,
        DATABASE_URL: `postgresql://lago:${POSTGRES_PASSWORD}@db:5432/lago`,
        REDIS_URL: "redis://redis:6379",
        LAGO_DISABLE_SEGMENT: "true",
      },
    });
    const script = await afterPlainUp(folder, { project: "files" });
    const made = program();
    const { error, output } = await adopt(made, script, { project: "files", yes: true });
    expect(error).toBeUndefined();
    expect(output).toContain("4 stays, 1 runs again. No container is replaced.");
    expect(output).toMatch(/^Keys: given by the files, as before: secretKeyBase, rsaPrivateKey,/m);
    expect(Object.keys(made.written()).filter((words) => words.includes("--secret"))).toEqual([]);
  });

  it("takes what the containers were made with, where the file of variables has changed since", async () => {
    const secrets = await secretsOfLago();
    const folder = folderOf("adopt-named", { ".env": secrets });
    const script = await afterPlainUp(folder, { project: "acme-billing" });
    const { SECRET_KEY_BASE, LAGO_RSA_PRIVATE_KEY, ...others } = secrets;
    const lines = Object.entries({ ...others, SECRET_KEY_BASE: "changed".repeat(10) });
    writeFileSync(
      join(folder, ".env"),
      lines.map(([name, value]) => `${name}=${value}\n`).join(""),
    );
    const made = program();
    const { error, output } = await adopt(made, script, { project: "acme-billing", yes: true });
    expect(error).toBeUndefined();
    expect(output).toContain("SECRET_KEY_BASE changed in the file of variables since");
    expect(output).toContain("No container is replaced.");
    expect(made.written()).toMatchObject({
      "--secret secretKeyBase": SECRET_KEY_BASE,
      "--secret rsaPrivateKey": LAGO_RSA_PRIVATE_KEY,
    });
  });

  it("stores keys that are defaults of the files, since another file may have another default", async () => {
    const { SECRET_KEY_BASE, ...secrets } = await secretsOfLago();
    const folder = folderOf("adopt-named", { ".env": secrets });
    const file = join(folder, "docker-compose.yml");
    const text = readFileSync(file, "utf8");
    writeFileSync(
      file,
      text.replace("${SECRET_KEY_BASE}", `\${SECRET_KEY_BASE:-${SECRET_KEY_BASE}}`),
    );
    const script = await afterPlainUp(folder, { project: "acme-billing" });
    const made = program();
    const { error, output } = await adopt(made, script, { project: "acme-billing", yes: true });
    expect(error).toBeUndefined();
    expect(output).toContain("No container is replaced.");
    expect(made.written()["--secret secretKeyBase"]).toBe(SECRET_KEY_BASE);
  });

  it("names the service that changes, and why", async () => {
    const secrets = await secretsOfLago();
    const folder = folderOf("adopt-named", { ".env": secrets });
    const script = await afterPlainUp(folder, {
      project: "acme-billing",
      change: (service, container) => {
        if (service === "front") {
          container.Config.Image = "getlago/front:v1.49.0";
          container.Config.Labels["com.docker.compose.config-hash"] = "of an older file";
        }
      },
    });
    const { output } = await adopt(program(), script, { project: "acme-billing", yes: true });
    expect(output).toMatch(
      /^front +recreated +image getlago\/front:v1\.49\.0 -> getlago\/front:v1\.50\.0/m,
    );
    expect(output).not.toContain("No container is replaced.");
  });

  describe("writes nothing", () => {
    const deployed = (projectName: string) => ({
      deployment: {
        resources: [
          {
            type: "pulumi-nodejs:dynamic/lago:Project",
            id: projectName,
            outputs: { spec: { projectName } },
          },
        ],
      },
    });

    async function refused(
      change: (script: Script, folder: string) => Script = (script) => script,
      {
        project = "acme-billing",
        ...options
      }: Parameters<typeof program>[0] & {
        project?: string;
      } = {},
    ) {
      const folder = folderOf("adopt-named", { ".env": await secretsOfLago() });
      const script = change(await afterPlainUp(folder, { project: "acme-billing" }), folder);
      const made = program(options);
      const result = await adopt(made, script, { project, yes: true });
      expect(made.written()).toEqual({});
      expect(made.calls().filter((call) => call.startsWith("stack init"))).toEqual([]);
      return result.error;
    }

    it("without containers of the project, and names those that have an api", async () => {
      const error = await refused(undefined, { project: "acme-biling" });
      expect(error).toMatchObject({ kind: "ProjectNotFound" });
      expect(error?.message).toContain("Did you mean acme-billing?");
    });

    it("for a project that another stack has", async () => {
      const error = await refused(undefined, {
        stacks: [{ name: "old", current: false, resourceCount: 4 }],
        states: { old: deployed("acme-billing") },
      });
      expect(error).toMatchObject({ kind: "InvalidConfig" });
      expect(error?.message).toContain("is the deployment of stack old already");
    });

    it("for a stack with a deployment of its own", async () => {
      const error = await refused(undefined, {
        stacks: [{ name: "prod", current: true, resourceCount: 4 }],
        states: { prod: deployed("lago-prod") },
      });
      expect(error?.message).toContain("stack prod has a deployment already, lago-prod");
      expect(error?.message).toContain("adopt --project acme-billing --stack prod-2");
    });

    it("for a project that this program deployed", async () => {
      const error = await refused((script) => {
        const ls = script["container ls"] as { stdout: string };
        return {
          ...script,
          "container ls": {
            stdout: ls.stdout.replaceAll("docker-compose.yml", "docker-compose.yml,-"),
          },
        };
      });
      expect(error?.message).toContain("was deployed by this program already");
      expect(error?.message).toContain("keys recover --project acme-billing --stack prod");
    });

    it("for a project that is no Lago", async () => {
      const error = await refused((script) => {
        const foreign = (answer: unknown) => ({
          stdout: (answer as { stdout: string }).stdout
            .replaceAll("getlago/api", "acme/shop")
            .replaceAll("./scripts/", "/app/")
            .replaceAll(":3000/health", ":8080/up"),
        });
        return {
          ...script,
          "container ls": foreign(script["container ls"]),
          "container inspect": foreign(script["container inspect"]),
        };
      });
      expect(error?.message).toContain("none of its services is known as Lago's api");
      expect(error?.message).toContain("--role api=api");
    });

    it("when the files are gone", async () => {
      const error = await refused((script, folder) => {
        rmSync(join(folder, "docker-compose.yml"));
        return script;
      });
      expect(error).toMatchObject({ kind: "ComposeFileNotFound" });
    });

    it("over settings of the stack that say something else", async () => {
      const error = await refused(undefined, {
        stacks: [{ name: "prod", current: true, resourceCount: 0 }],
        config: { "z-billing-lago:lagoPath": { value: "/srv/other" } },
      });
      expect(error).toMatchObject({ kind: "InvalidConfig" });
      expect(error?.message).toContain("zbl unset prod lagoPath");
    });
  });

  it("asks on a terminal, and else gives the command that goes on", async () => {
    const folder = folderOf("adopt-named", { ".env": await secretsOfLago() });
    const script = await afterPlainUp(folder, { project: "acme-billing" });
    const made = program();
    const options = { project: "acme-billing" };
    const unasked = await adopt(made, script, options);
    expect(unasked.code).toBe(2);
    expect(unasked.notes).toMatch(/zbl adopt --project acme-billing --stack prod .*--yes/);
    expect((await adopt(made, script, options, { answer: false })).code).toBe(130);
    expect(made.written()).toEqual({});
    expect((await adopt(made, script, options, { answer: true })).code).toBe(0);
    expect(made.written()).not.toEqual({});
  });

  it("prints one line of JSON for programs, without secrets", async () => {
    const secrets = await secretsOfLago();
    const folder = folderOf("adopt-named", { ".env": secrets });
    const script = await afterPlainUp(folder, { project: "acme-billing" });
    const { code, output } = await adopt(program(), script, {
      project: "acme-billing",
      json: true,
    });
    expect(code).toBe(2);
    expect(JSON.parse(output)).toMatchObject({
      project: "acme-billing",
      stack: "prod",
      written: false,
      plan: { changes: false },
      keys: { inFiles: [], stored: expect.arrayContaining(["secretKeyBase"]) },
    });
    expect(Object.values(secrets).filter((secret) => output.includes(secret))).toEqual([]);
  });
});
