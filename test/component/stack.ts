import type { LagoStackArgs } from "../../src/pulumi/stack/args.ts";
import { hashAnswer, type Script } from "../../testing/scripted-docker/answers.ts";
import { useFakeDocker } from "../../testing/scripted-docker/fake-docker.ts";
import {
  allRegistered,
  LagoStack,
  type MockOptions,
  type Registered,
  resolved,
  reveal,
  useMocks,
} from "../support/pulumi-mocks.ts";
import { SMALL } from "../support/sample.ts";

/** The services that compose finds in whatever file. */
export const SERVICES = ["api", "db", "front", "migrate"];

const { services } = JSON.parse((SMALL.config as { stdout: string }).stdout) as {
  services: { readonly api: { readonly environment: object } };
};
const { api } = services;
/** References, as in Lago's own files: keys that a file gives by itself would be none to generate. */
const environment = Object.fromEntries(
  Object.keys(api.environment).map((name) => [name, `\${${name}:-}`]),
);
const front = {
  image: "getlago/front:v1.50.0",
  ports: [{ target: 80, published: "80", protocol: "tcp" }],
};

/** What compose says of them. */
export const COMPOSE: Script = {
  ...SMALL,
  config: {
    stdout: JSON.stringify({ services: { ...services, api: { ...api, environment }, front } }),
  },
  "config --hash": { stdout: hashAnswer(SERVICES) },
};

/** Keys as the provider would make them. */
export const KEYS = {
  secretKeyBase: "made secretKeyBase",
  rsaPrivateKey: "made rsaPrivateKey",
  encryptionPrimaryKey: "made encryptionPrimaryKey",
  encryptionDeterministicKey: "made encryptionDeterministicKey",
  encryptionKeyDerivationSalt: "made encryptionKeyDerivationSalt",
  postgresPassword: "made postgresPassword",
};

/** Ports as the provider would allocate them. */
export const ALLOCATED = { api: 21_001, front: 21_002 };

/** What the real providers would answer, as far as the program reads it. */
export function outputsOf({ type, inputs }: Registered): Record<string, unknown> {
  switch (type) {
    case "pulumi-nodejs:dynamic/lago:Keys":
      return { ...KEYS, ...reveal<object>(inputs.given ?? {}) };
    case "pulumi-nodejs:dynamic/lago:Project":
      return { digest: "d1", ports: publishedPorts(inputs) };
    case "pulumi-nodejs:dynamic/lago:Service":
      return { generation: "1" };
    case "pulumi-nodejs:dynamic/lago:Status":
      return { running: true, services: [{ name: "api", status: "Running" }], logs: { api: "x" } };
    default:
      return {};
  }
}

/** The ports that the provider finds: as given, else Lago's own, and {@link ALLOCATED} for `auto`. */
function publishedPorts(inputs: Registered["inputs"]): object {
  const { ports = {} } = reveal<{ ports?: Record<string, unknown> }>(inputs.spec);
  const { api = 3000, front = 80, address = "127.0.0.1" } = ports;
  return {
    api: api === "auto" ? ALLOCATED.api : api,
    front: front === "auto" ? ALLOCATED.front : front,
    address,
  };
}

/** How to build a stack. */
export interface BuildOptions extends MockOptions {
  /** What docker answers. Defaults to {@link COMPOSE}. */
  readonly compose?: Script;
}

/** Builds a stack called `lago` and waits until all of it is registered. */
export async function build(
  args: LagoStackArgs = {},
  { compose = COMPOSE, ...options }: BuildOptions = {},
) {
  const docker = useFakeDocker(compose);
  const resources = await useMocks({ outputs: outputsOf, ...options });
  const stack = new LagoStack("lago", args);
  await Promise.all([resolved(stack.urn), resolved(stack.running), resolved(stack.keys)]);
  await allRegistered();
  const byName = (name: string): Registered => {
    const found = resources.find((one) => one.name === name);
    if (found === undefined) {
      throw new Error(`there is no ${name} among ${resources.map((one) => one.name).join(", ")}`);
    }
    return found;
  };
  return { stack, resources, byName, docker };
}

/** The environment of the command that starts the deployment. */
export async function environmentOf(args: LagoStackArgs = {}, options: MockOptions = {}) {
  const { byName } = await build(args, options);
  return byName("lago-deployment").inputs.environment as Record<string, unknown>;
}

/** What the program says of the deployment. */
export async function specOf(args: LagoStackArgs = {}, options: MockOptions = {}) {
  const { byName } = await build(args, options);
  return reveal<{ spec: Record<string, unknown> }>(byName("lago-project").inputs).spec;
}

/** Builds a stack of which no resource exists yet, so that no output of one is known. */
export async function buildPreview(args: LagoStackArgs = {}) {
  useFakeDocker(COMPOSE);
  const resources = await useMocks({ preview: true });
  const stack = new LagoStack("lago", args);
  await Promise.all([resolved(stack.urn), resolved(stack.running)]);
  await allRegistered();
  return { stack, resources };
}
