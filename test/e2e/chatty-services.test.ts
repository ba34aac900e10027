/** Services that print their own secrets, broken, wrapped, cut and coloured, on every surface that shows it. */
import { randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { deploy } from "../../src/deployment/deploy.ts";
import { LagoDeployment } from "../../src/deployment/lago-deployment.ts";
import { ComposeProject } from "../../src/deployment/project.ts";
import type { DeployError } from "../../src/errors.ts";
import { newRsaPrivateKey } from "../../src/lago/config/generate.ts";
import { inheritedEnvironment } from "../../src/process/environment.ts";
import { run } from "../../src/process/run.ts";
import { statusProvider } from "../../src/pulumi/stack/status-provider.ts";
import { CLI } from "../../testing/cli.ts";
import {
  containerId,
  docker,
  environmentInside,
  removeProject,
  requireDocker,
  TEST_PREFIX,
  testName,
} from "../../testing/docker.ts";
import { freePort } from "../../testing/ports.ts";
import { CHATTER, writeChattyFiles } from "./support/chatter.ts";
import { piecesIn } from "./support/secrets.ts";

/** The longest tails that begin at each of the cuts which the log driver makes. */
const TAILS = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 15, 20, 30, 50, 100, 1_000, 100_000];

const project = testName();
let folder: string;
let environment: Record<string, string>;
let secrets: string[];
let ports: { api: number; front: number };

beforeAll(async () => {
  await requireDocker();
  folder = await mkdtemp(join(tmpdir(), TEST_PREFIX));
  const random = () => randomBytes(24).toString("base64url");
  // Longer than those of other tests: what is judged here is pieces of them.
  environment = {
    POSTGRES_PASSWORD: randomBytes(16).toString("hex"),
    SECRET_KEY_BASE: randomBytes(64).toString("hex"),
    LAGO_RSA_PRIVATE_KEY: await newRsaPrivateKey(),
    LAGO_ENCRYPTION_PRIMARY_KEY: random(),
    LAGO_ENCRYPTION_DETERMINISTIC_KEY: random(),
    LAGO_ENCRYPTION_KEY_DERIVATION_SALT: random(),
    LAGO_SMTP_PASSWORD: `${random()}/+=%"'\\ é ${random()}`,
  };
  ports = { api: await freePort(), front: await freePort() };
  const pem = Buffer.from(environment.LAGO_RSA_PRIVATE_KEY ?? "", "base64").toString();
  secrets = [...Object.values(environment), pem, "Lk7wQz3vXs9bNf2hTj5mRc8p"];
  await deploy(chatty("well"));
});

afterAll(async () => {
  await removeProject(project);
  await rm(folder, { recursive: true, force: true });
});

function chatty(mood: "well" | "fail" | "sick", startTimeoutSeconds = 90) {
  return new LagoDeployment(folder, {
    projectName: project,
    composeFiles: writeChattyFiles(folder),
    environment: { ...environment, [CHATTER.variable]: mood },
    ports,
    startTimeoutSeconds,
  });
}

/** No piece of a secret, and nothing that a terminal takes for more than text. */
function expectClean(text: string) {
  expect(piecesIn(text, secrets)).toEqual([]);
  expect(text.replace(/[\n\t]/g, "")).not.toMatch(/\p{Cc}|\p{Bidi_Control}/u);
}

async function failureOf(deployment: LagoDeployment): Promise<DeployError> {
  return deploy(deployment).then(
    () => expect.unreachable("it was to fail"),
    (error: unknown) => error as DeployError,
  );
}

describe("a service that prints its secrets", () => {
  it("really does, in pieces of every kind", async () => {
    const id = await containerId(project, CHATTER.service);
    const inside = await environmentInside(id);
    expect(inside.LAGO_SMTP_PASSWORD).toBe(environment.LAGO_SMTP_PASSWORD);
    const printed = await docker("logs", id);
    expect(piecesIn(printed, secrets).length).toBeGreaterThan(1_000);
    expect(printed).toContain("\u001b]0;");
  });

  it.each(TAILS)(
    "shows none in the last %d lines of its log, read by the project's name",
    async (tail) => {
      const logs = await new ComposeProject(project).logs(undefined, tail);
      expect(logs).toMatch(/chatter-1 +\| /);
      expectClean(logs);
    },
  );

  it("shows none to a person at the command line, who has told it no secret", async () => {
    const args = [CLI, "logs", CHATTER.service, "--project", project, "--tail", "100000"];
    const { exitCode, stdout } = await run(process.execPath, args, {
      env: inheritedEnvironment(),
      timeoutMs: 60_000,
    });
    expect(exitCode).toBe(0);
    expect(stdout).toContain("chatter-1  | I am well");
    expect(stdout).toContain("[secret]");
    expectClean(stdout);
  });

  it("shows none in the outputs of a stack", async () => {
    const inputs = { projectName: project, logTail: 100, revision: {}, __provider: "" };
    const { outs } = await statusProvider.create(inputs);
    expect(Object.keys(outs.logs)).toContain(CHATTER.service);
    expectClean(Object.values(outs.logs).join("\n"));
  });

  it("shows none when it fails, with its last words", async () => {
    const error = await failureOf(chatty("fail"));
    expect(error).toMatchObject({ kind: "NotReady", service: CHATTER.service });
    expect(error.message).toContain("Its last log lines:");
    expectClean(error.message);
  });

  it("shows none when it is never healthy, with its health check's words", async () => {
    const error = await failureOf(chatty("sick", 15));
    expect(error).toMatchObject({ kind: "DeadlineExceeded", service: CHATTER.service });
    expect(error.message).toContain("I am sick");
    expect(error.message).toContain("[secret]");
    expectClean(error.message);
  });
});
