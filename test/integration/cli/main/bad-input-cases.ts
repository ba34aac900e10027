/** Bad input, with what a person must be told of it. */
import { mkdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import type { DeployErrorKind } from "../../../../src/errors.ts";
import { psLine, type Script } from "../../../../testing/scripted-docker/answers.ts";
import { EVERY_FEATURE, LAGO_PATH, SECRETS, SMALL } from "../../../support/sample.ts";

/** One kind of bad input. */
export interface BadInput {
  readonly what: string;
  readonly kind: DeployErrorKind;
  /** The arguments, without the project's name. */
  readonly args: readonly string[];
  /** What the message must name. */
  readonly names: string;
  readonly script?: Script;
  readonly env?: Readonly<Record<string, string>>;
}

/** How a deployment of the sample is started. */
export const UP = ["up", "--path", LAGO_PATH];
const KEYED = { SECRET_KEY_BASE: SECRETS.secretKeyBase };
/** A container that is left of the deployment. */
const LEFT: Script = { "container ls": { stdout: "api-id\n" } };
/** How docker fails with a message. */
export const down = (stderr: string) => ({ exitCode: 1, stderr });

/** All of them; what they need of the file system is made in the folder. */
export function badInput(folder: string): readonly BadInput[] {
  mkdirSync(join(folder, "empty"));
  mkdirSync(join(folder, "only-node"));
  symlinkSync(process.execPath, join(folder, "only-node", "node"));
  return [
    {
      what: "a missing path",
      kind: "PathNotFound",
      args: ["up", "--path", join(folder, "missing")],
      names: join(folder, "missing"),
    },
    {
      what: "a missing environment file",
      kind: "PathNotFound",
      args: [...UP, "--env-file", join(folder, "missing.env")],
      names: join(folder, "missing.env"),
    },
    {
      what: "a folder without a compose file",
      kind: "ComposeFileNotFound",
      args: ["up", "--path", join(folder, "empty")],
      names: join(folder, "empty"),
    },
    {
      what: "a compose file that is not there",
      kind: "ComposeFileNotFound",
      args: [...UP, "--file", "docker-compose.yml", "other.yml"],
      names: "other.yml",
    },
    {
      what: "a compose file that does not parse",
      kind: "ComposeFileInvalid",
      args: UP,
      names: "yaml: line 3: mapping values are not allowed",
      script: {
        config: { exitCode: 15, stderr: "yaml: line 3: mapping values are not allowed\n" },
      },
    },
    {
      what: "docker that is not installed",
      kind: "DockerNotAvailable",
      args: UP,
      names: "docker",
      env: { PATH: join(folder, "only-node") },
    },
    {
      what: "an engine that is down",
      kind: "DaemonUnreachable",
      args: ["status"],
      names: "Docker engine",
      script: { ps: down("Cannot connect to the Docker daemon at unix:///x. Is it running?") },
    },
    {
      what: "compose that is too old",
      kind: "ComposeTooOld",
      args: UP,
      names: "2.17.3",
      script: { version: { stdout: "2.17.3\n" } },
    },
    {
      what: "docker without compose",
      kind: "ComposeTooOld",
      args: ["status"],
      names: "compose plugin",
      script: { ps: { exitCode: 125, stderr: "unknown flag: --ansi\n" } },
    },
    {
      what: "variables that the file requires",
      kind: "InvalidConfig",
      args: UP,
      names: "POSTGRES_PASSWORD",
      script: EVERY_FEATURE,
    },
    {
      what: "a port that is none",
      kind: "InvalidConfig",
      args: [...UP, "--api-port", "65536"],
      names: "ports.api",
    },
    {
      what: "a service that there is none of",
      kind: "ServiceNotFound",
      args: ["restart", "apj"],
      names: "apj",
      script: { ...LEFT, restart: down("no such service: apj") },
    },
    {
      what: "logs of a service that there is none of",
      kind: "ServiceNotFound",
      args: ["logs", "apj"],
      names: "apj",
      script: { ...LEFT, logs: {}, ps: { stdout: psLine("api") } },
    },
    {
      what: "an image that is nowhere",
      kind: "ImageNotFound",
      args: UP,
      names: "getlago/api:v0",
      script: { ...SMALL, pull: down("manifest for getlago/api:v0 not found") },
      env: KEYED,
    },
    {
      what: "output that is no list",
      kind: "ParseError",
      args: ["status"],
      names: "NAME",
      script: { ps: { stdout: "NAME  IMAGE\n" } },
    },
    {
      what: "a disk that is full",
      kind: "DiskFull",
      args: ["down"],
      names: "docker system df",
      script: { ...LEFT, down: down("no space left on device") },
    },
    {
      what: "docker that fails for its own reasons",
      kind: "CommandFailed",
      args: ["down"],
      names: "network has active endpoints",
      script: { ...LEFT, down: down("network has active endpoints") },
    },
  ];
}
