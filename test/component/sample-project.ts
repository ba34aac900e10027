import { type ProjectInputs, projectProvider } from "../../src/pulumi/stack/project-provider.ts";
import type { DeploymentSpec } from "../../src/spec/spec.ts";
import type { Script } from "../../testing/scripted-docker/answers.ts";
import { LAGO_PATH } from "../support/sample.ts";

/** What Pulumi hands on for a value that only the real run knows. */
export const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
/** What the engine adds to every input and output. */
export const PROVIDER = { __provider: "text" };

/** A small deployment. */
export const SPEC: DeploymentSpec = {
  projectName: "lago-test",
  lagoPath: LAGO_PATH,
  variables: ["SECRET_KEY_BASE"],
};

/** Where it is published, as `check` finds it: the file has an api only, which it does not publish. */
export const PORTS = { address: "127.0.0.1" };

/** The reasons of a refusal, which a check gives as one failure. */
export function reasonsIn(failures: readonly { readonly reason: string }[] = []): string[] {
  const [failure, ...others] = failures;
  if (others.length > 0) {
    throw new Error(`${failures.length} failures in the place of one`);
  }
  const [first = "", ...items] = failure?.reason.split("\n  - ") ?? [];
  return failure === undefined ? [] : items.length === 0 ? [first] : items;
}

/** How docker fails when its engine is down. */
export const DOWN = { exitCode: 1, stderr: "Cannot connect to the Docker daemon at unix:///x" };

/** What an engine says that has the deployment's volumes, that of its keys among them. */
export const VOLUMES: Script = {
  "volume ls": {
    stdout: ["pg", "z-billing-lago-keys"]
      .map((key) => `lago-test_${key}\tlago-test\t${key}\n`)
      .join(""),
  },
  "volume inspect": {
    stdout: JSON.stringify([{ Name: "lago-test_pg" }, { Name: "lago-test_z-billing-lago-keys" }]),
  },
};

const CONTAINER = { ID: "id", Names: "x", Labels: "com.docker.compose.project=lago-test" };
/** What an engine says that has one of its containers. */
export const RUNNING: Script = { "container ls": { stdout: JSON.stringify(CONTAINER) } };

/** The state of a deployment that was started once. */
export async function created(inputs: Partial<ProjectInputs> = {}) {
  const whole = {
    spec: SPEC,
    digest: "d",
    ports: PORTS,
    ...PROVIDER,
    ...inputs,
  };
  const { id, outs } = await projectProvider.create(whole);
  // The engine keeps the provider's text beside what `create` returns.
  return { id, news: whole, olds: { ...outs, ...PROVIDER } };
}
