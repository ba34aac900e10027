/**
 * The dynamic resources. Pulumi keeps the text of a provider's methods in its state and runs it
 * from there, so each method is one line that imports the real code by package name, captures
 * nothing and names no path.
 */
import * as pulumi from "@pulumi/pulumi";
import type { ComposeAnswers } from "../../compose/reads.ts";
import type { DockerEndpoint } from "../../docker/endpoint-settings.ts";
import { KEY_NAMES, type KeyName, type KeyValues } from "../../lago/lago-keys.ts";
import type { PublishedPorts } from "../../ports/claims.ts";
import type { DeploymentSpec } from "../../spec/spec.ts";
import type { KeysInputs } from "./keys-provider.ts";
import type { LagoServiceOutput } from "./outputs.ts";
import type { OptIns } from "./project-faults.ts";
import type { ProgramFindings } from "./refusal-text.ts";
import type { ServiceInputs } from "./service-provider.ts";

const projectMethods: pulumi.dynamic.ResourceProvider = {
  check: async (olds, news) =>
    (await import("z-billing-lago/providers")).projectProvider.check(olds, news),
  diff: async (id, olds, news) =>
    (await import("z-billing-lago/providers")).projectProvider.diff(id, olds, news),
  create: async (inputs) =>
    (await import("z-billing-lago/providers")).projectProvider.create(inputs),
  update: async (id, olds, news) =>
    (await import("z-billing-lago/providers")).projectProvider.update(id, olds, news),
};

const serviceMethods: pulumi.dynamic.ResourceProvider = {
  diff: async (id, olds, news) =>
    (await import("z-billing-lago/providers")).serviceProvider.diff(id, olds, news),
  create: async (inputs) =>
    (await import("z-billing-lago/providers")).serviceProvider.create(inputs),
  update: async (id, olds, news) =>
    (await import("z-billing-lago/providers")).serviceProvider.update(id, olds, news),
  read: async (id, props) =>
    (await import("z-billing-lago/providers")).serviceProvider.read(id, props),
};

const keysMethods: pulumi.dynamic.ResourceProvider = {
  check: async (olds, news) =>
    (await import("z-billing-lago/providers")).keysProvider.check(olds, news),
  create: async (inputs) => (await import("z-billing-lago/providers")).keysProvider.create(inputs),
  diff: async (id, olds, news) =>
    (await import("z-billing-lago/providers")).keysProvider.diff(id, olds, news),
  update: async (id, olds, news) =>
    (await import("z-billing-lago/providers")).keysProvider.update(id, olds, news),
};

const statusMethods: pulumi.dynamic.ResourceProvider = {
  diff: async (id, olds, news) =>
    (await import("z-billing-lago/providers")).statusProvider.diff(id, olds, news),
  create: async (inputs) =>
    (await import("z-billing-lago/providers")).statusProvider.create(inputs),
  update: async (id, olds, news) =>
    (await import("z-billing-lago/providers")).statusProvider.update(id, olds, news),
  read: async (id, props) =>
    (await import("z-billing-lago/providers")).statusProvider.read(id, props),
};

/** Each field of `T` as an input. */
type Inputs<T> = { [K in keyof T]: pulumi.Input<T[K]> };

/** Each field of `T` as an output. */
type Outputs<T> = { readonly [K in keyof T]: pulumi.Output<T[K]> };

/** A deployment with the findings of the program. */
interface DeploymentArgs {
  readonly spec: pulumi.Input<DeploymentSpec>;
  readonly optIns: pulumi.Input<OptIns>;
  readonly findings: Inputs<ProgramFindings>;
  readonly answers: pulumi.Input<ComposeAnswers>;
}

/** Arguments of {@link LagoProject}. Only `spec` and `optIns` get into its state. */
interface ProjectArgs extends DeploymentArgs {
  readonly keys: {
    readonly given: pulumi.Input<Partial<Record<KeyName, string>>>;
    readonly all: Inputs<KeyValues>;
  };
}

/** Arguments of {@link LagoKeys}. Its state has all of them but the `project`. */
interface KeysArgs extends Inputs<KeysInputs> {
  readonly project: DeploymentArgs;
}

/** The identity of the deployment. Its preview refuses a deployment that cannot work. */
export class LagoProject extends pulumi.dynamic.Resource {
  declare readonly digest: pulumi.Output<string>;
  declare readonly ports: pulumi.Output<PublishedPorts>;

  constructor(name: string, args: ProjectArgs, opts: pulumi.CustomResourceOptions) {
    const outputs = { digest: undefined, ports: undefined };
    super(projectMethods, name, { ...args, ...outputs }, opts, "lago", "Project");
  }
}

/** The keys that data depends on: given, or made once and kept until the stack is destroyed. */
export class LagoKeys extends pulumi.dynamic.Resource {
  constructor(name: string, args: KeysArgs, opts: pulumi.CustomResourceOptions) {
    const outputs = Object.fromEntries(KEY_NAMES.map((key) => [key, undefined]));
    const secret = { additionalSecretOutputs: [...KEY_NAMES, "given"] };
    super(
      keysMethods,
      name,
      { ...args, ...outputs },
      pulumi.mergeOptions(opts, secret),
      "lago",
      "Keys",
    );
  }

  /** Each key, an output by itself. In a preview each may be known by itself. */
  byName(): Outputs<KeyValues> {
    const outputs = KEY_NAMES.map((key) => [key, Reflect.get(this, key)]);
    return Object.fromEntries(outputs) as Outputs<KeyValues>;
  }

  /** All keys together. Secret. In a preview they are known as a whole or not at all. */
  all(): pulumi.Output<KeyValues> {
    return pulumi.secret(this.byName());
  }
}

/** One service, and whether it still is as declared. */
export class LagoService extends pulumi.dynamic.Resource {
  declare readonly generation: pulumi.Output<string>;

  constructor(name: string, args: Inputs<ServiceInputs>, opts: pulumi.CustomResourceOptions) {
    const outputs = { declared: undefined, generation: undefined };
    const secret = { additionalSecretOutputs: ["fingerprintKey"] };
    super(
      serviceMethods,
      name,
      { ...args, ...outputs },
      pulumi.mergeOptions(opts, secret),
      "lago",
      "Service",
    );
  }
}

/** Output of `ps` and `logs` for the running deployment. */
export class LagoStatus extends pulumi.dynamic.Resource {
  declare readonly running: pulumi.Output<boolean>;
  declare readonly services: pulumi.Output<LagoServiceOutput[]>;
  declare readonly logs: pulumi.Output<Record<string, string>>;

  constructor(
    name: string,
    args: Inputs<{
      projectName: string;
      engine: DockerEndpoint | undefined;
      logTail: number;
      declared: string[];
      revision: unknown;
    }>,
    opts: pulumi.CustomResourceOptions,
  ) {
    const outputs = {
      running: undefined,
      services: undefined,
      undeclared: undefined,
      volumes: undefined,
      logs: undefined,
    };
    // What a service prints may quote its settings.
    const secret = { additionalSecretOutputs: ["logs"] };
    super(
      statusMethods,
      name,
      { ...args, ...outputs },
      pulumi.mergeOptions(opts, secret),
      "lago",
      "Status",
    );
  }
}
