/** Starts a guarded project whose volumes a fake docker lists. */
import { expect } from "vitest";
import { KeyFingerprintStore } from "../../../../src/deployment/key-fingerprint-store.ts";
import { type GuardOptions, guardKeys } from "../../../../src/deployment/key-guard.ts";
import { DEFAULT_ENGINE } from "../../../../src/docker/endpoint-settings.ts";
import { DeployError } from "../../../../src/errors.ts";
import { type KeyFingerprints, parseFingerprints } from "../../../../src/keys/key-fingerprints.ts";
import {
  type FakeDocker,
  type Script,
  useFakeDocker,
} from "../../../../testing/scripted-docker/fake-docker.ts";
import { environmentOf, KEYS, keysIn } from "../../../unit/keys/sample.ts";

export const NOTHING = { stdout: "" };
export const OTHER = { ...KEYS, encryptionPrimaryKey: "another-primary-key-of-32-chars" };

export async function startWith(
  volumes: Script["volume ls"],
  options: Partial<GuardOptions> = {},
  upTo: "guard" | "before" | "after" = "after",
) {
  const docker = useFakeDocker({ "volume ls": volumes ?? NOTHING });
  const said: string[] = [];
  const run = async () => {
    const guard = await guardKeys({
      projectName: "lago-test",
      engine: DEFAULT_ENGINE,
      volumes: await new KeyFingerprintStore("lago-test", DEFAULT_ENGINE).read(),
      environment: environmentOf(KEYS),
      onProgress: ({ message }) => said.push(message),
      ...options,
    });
    if (upTo !== "guard") {
      await guard.beforeStart();
    }
    if (upTo === "after") {
      await guard.afterStart();
    }
  };
  const error = await run().then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (error !== undefined && !DeployError.isDeployError(error)) {
    throw error;
  }
  expect(keysIn(JSON.stringify([said, error?.message ?? "", argumentsOf(docker)]))).toEqual([]);
  return { docker, said, error };
}

const argumentsOf = (docker: FakeDocker) => docker.calls().map(({ args }) => args);

/** The key fingerprints that docker was told to make, with their volumes' names. */
export function written(
  docker: FakeDocker,
): { name: string; fingerprints: KeyFingerprints; args: readonly string[] }[] {
  return docker.calls("volume create").map(({ args }) => {
    const label = args.find((arg) => arg.startsWith("z-billing-lago.keys=")) ?? "";
    const fingerprints = parseFingerprints(label.slice(label.indexOf("=") + 1), "label");
    return { name: args.at(-1) ?? "", fingerprints, args };
  });
}
