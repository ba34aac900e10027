import { describe, expect, it } from "vitest";
import { makeFingerprints } from "../../../../src/keys/key-fingerprints.ts";
import { parseKeysText } from "../../../../src/keys/saved-keys.ts";
import { GUARDED_KEY_NAMES, KEY_NAMES } from "../../../../src/lago/lago-keys.ts";
import { type Script, useFakeDocker } from "../../../../testing/scripted-docker/fake-docker.ts";
import { runKeys } from "../../../unit/cli/run-keys.ts";
import {
  environmentOf,
  fingerprintsOfKeys,
  KEYS,
  keysIn,
  listed,
} from "../../../unit/keys/sample.ts";

const API = "getlago/api:v1.50.0";
const DB = "getlago/postgres-partman:15.0-alpine";

const { postgresPassword, ...OF_API } = KEYS;

/** A container as docker prints it: its service, image and environment. */
type Container = readonly [service: string, image: string, environment: Record<string, string>];

/** A deployment as it runs: two containers of Lago's with the keys, one with the password. */
const RUNNING: readonly Container[] = [
  ["api", API, environmentOf(OF_API)],
  ["api-worker", API, environmentOf(OF_API)],
  ["db", DB, environmentOf({ postgresPassword })],
  ["metabase", "metabase/metabase", { POSTGRES_PASSWORD: "of something else" }],
];

function engineOf(containers: readonly Container[], volumes = listed([])): Script {
  const ids = containers.map(([service]) => ({
    ID: `${service}-id`,
    Names: service,
    Labels: "com.docker.compose.project=lago-test",
  }));
  const inspected = containers.map(([service, image, environment]) => ({
    labels: { "com.docker.compose.service": service },
    image,
    env: Object.entries(environment).map(([name, value]) => `${name}=${value}`),
  }));
  const lines = (values: readonly object[]) => values.map((v) => `${JSON.stringify(v)}\n`).join("");
  return {
    "container ls": { stdout: lines(ids) },
    "container inspect": { stdout: lines(inspected) },
    "volume ls": volumes,
  };
}

async function recover(script: Script, ...args: string[]) {
  useFakeDocker(script);
  const target = args.length > 0 ? args : ["--stack", "prod"];
  const result = await runKeys(["recover", "--project", "lago-test", ...target]);
  expect(keysIn(JSON.stringify([result.calls, result.notes, result.error?.message]))).toEqual([]);
  return result;
}

/** The same containers with one key of one of them changed. */
const withOther = (service: string, change: Record<string, string>): Container[] =>
  RUNNING.map(([name, image, env]) => [
    name,
    image,
    name === service ? { ...env, ...change } : env,
  ]);

describe("keys recover", () => {
  it("makes the keys of the containers secret config, and says that they fit", async () => {
    const { calls, stdins, results, notes } = await recover(
      engineOf(RUNNING, listed([await fingerprintsOfKeys()])),
    );
    expect(stdins).toEqual(KEY_NAMES.map((name) => KEYS[name]));
    expect(calls[0]).toBe("config set --secret secretKeyBase --stack prod --non-interactive");
    expect(calls.every((call) => call.includes("--secret"))).toBe(true);
    expect(results.join()).toContain("Stack prod has the 7 keys of project lago-test");
    expect(keysIn(results.join())).toEqual([]);
    expect(notes).toEqual(["The keys fit the data of project lago-test."]);
  });

  it("prints what keys import reads, only when it is told to", async () => {
    const { results, calls } = await recover(engineOf(RUNNING), "--to-stdout");
    const { redisPassword, ...saved } = KEYS;
    expect(parseKeysText(results[0] ?? "")).toEqual({ projectName: "lago-test", keys: saved });
    expect(calls).toEqual([]);
  });

  it.each([[[]], [["--to-stdout", "--stack", "prod"]]])("needs one target: %j", async (args) => {
    const docker = useFakeDocker(engineOf(RUNNING));
    const { error, results } = await runKeys(["recover", "--project", "lago-test", ...args]);
    expect(error?.kind).toBe("InvalidConfig");
    expect(error?.message).toContain("--stack NAME");
    expect([results, docker.calls()]).toEqual([[], []]);
  });

  it("takes the one that fits the data where containers do not agree", async () => {
    const halfWay = withOther("api", { LAGO_ENCRYPTION_PRIMARY_KEY: "another-primary-key" });
    const { stdins } = await recover(engineOf(halfWay, listed([await fingerprintsOfKeys()])));
    expect(stdins).toEqual(KEY_NAMES.map((name) => KEYS[name]));
  });

  it("refuses to guess where nothing tells, but leaves out what any start makes anew", async () => {
    const halfWay = withOther("api", { LAGO_ENCRYPTION_PRIMARY_KEY: "another-primary-key" });
    const { error, calls } = await recover(engineOf(halfWay));
    expect(error?.kind).toBe("InvalidConfig");
    expect(error?.message).toContain(
      "do not agree on encryptionPrimaryKey: api have another one than api-worker",
    );
    expect(calls).toEqual([]);

    const { stdins } = await recover(engineOf(withOther("api", { REDIS_PASSWORD: "another" })));
    expect(stdins).toEqual(GUARDED_KEY_NAMES.map((name) => KEYS[name]));
  });

  it("refuses keys that the data was not made with", async () => {
    const fingerprints = await makeFingerprints({ ...KEYS, postgresPassword: "older" }, "volumes");
    const { error, calls } = await recover(engineOf(RUNNING, listed([fingerprints])));
    expect(error?.kind).toBe("KeysChanged");
    expect(error?.message).toContain("postgresPassword");
    expect(calls).toEqual([]);
  });

  it("says what the containers do not have, and whether the rest fits", async () => {
    const elsewhere = RUNNING.filter(([service]) => service !== "db");
    const { stdins, notes } = await recover(engineOf(elsewhere));
    expect(stdins).not.toContain(postgresPassword);
    expect(notes[0]).toContain("Cannot tell whether the keys fit");
    expect(notes[1]).toBe("Its containers have no postgresPassword.");
  });

  it("says when there are no containers to read from", async () => {
    for (const script of [engineOf([]), engineOf(RUNNING.slice(-1))]) {
      const { error, calls } = await recover(script);
      expect(error?.kind).toBe("InvalidConfig");
      expect(error?.message).toContain("Project lago-test has no containers of Lago");
      expect(calls).toEqual([]);
    }
  });

  it("shows nothing of what docker printed before it failed", async () => {
    const { "container inspect": printed } = engineOf(RUNNING) as { "container inspect": object };
    for (const stderr of ["Error: it broke\n"]) {
      const failed = { ...printed, exitCode: 1, stderr };
      const { error } = await recover({ ...engineOf(RUNNING), "container inspect": failed });
      expect(error?.kind).toBe("CommandFailed");
    }
  });
});
