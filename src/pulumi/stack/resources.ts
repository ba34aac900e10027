/** The dynamic resources. Their providers are code of this package, which Pulumi runs by its name. */
import * as pulumi from "@pulumi/pulumi";
import type { ComposeAnswers } from "../../compose/compose-reads.ts";
import type { DockerEndpoint } from "../../docker/endpoint-settings.ts";
import type { KeySources } from "../../keys/message.ts";
import type { OrganizationLogin } from "../../lago/first-organization.ts";
import { KEY_NAMES, type KeyName, type KeyValues } from "../../lago/lago-keys.ts";
import type { PublishedPorts } from "../../ports/claims.ts";
import type { DeploymentSpec } from "../../spec/spec.ts";
import type { KeysInputs } from "./keys-provider.ts";
import type { LoginInputs } from "./login-provider.ts";
import type { LagoServiceOutput } from "./output-types.ts";
import type { OptIns } from "./project-faults.ts";
import type { NameOrigin } from "./project-name.ts";
import { providerText } from "./provider-text.ts";
import type { ProgramFindings } from "./refusal-text.ts";
import type { ServiceInputs } from "./service-provider.ts";

const PROJECT = providerText("projectProvider", ["check", "diff", "create", "update"]);
const KEYS = providerText("keysProvider", ["check", "create", "diff", "update"]);
const LOGIN = providerText("loginProvider", ["create", "diff", "update"]);
const SERVICE = providerText("serviceProvider", ["diff", "create", "update", "read"]);
const STATUS = providerText("statusProvider", ["diff", "create", "update", "read"]);

/** A resource of a dynamic provider, of which the text is known. */
abstract class DynamicResource extends pulumi.CustomResource {
  /**
   * @param type part of the type token that names the resource
   * @param provider text of the provider; see {@link providerText}
   */
  constructor(
    type: string,
    provider: string,
    name: string,
    props: pulumi.Inputs,
    opts: pulumi.CustomResourceOptions,
  ) {
    super(`pulumi-nodejs:dynamic/lago:${type}`, name, { ...props, __provider: provider }, opts);
  }
}

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
  readonly sources: pulumi.Input<KeySources>;
  readonly stack: string | undefined;
  readonly nameOrigin?: pulumi.Input<NameOrigin>;
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
export class LagoProject extends DynamicResource {
  /** Spec with the name that the project keeps. */
  declare readonly spec: pulumi.Output<DeploymentSpec>;
  declare readonly digest: pulumi.Output<string>;
  declare readonly ports: pulumi.Output<PublishedPorts>;

  constructor(name: string, args: ProjectArgs, opts: pulumi.CustomResourceOptions) {
    const outputs = { digest: undefined, ports: undefined };
    super("Project", PROJECT, name, { ...args, ...outputs }, opts);
  }
}

/** The keys that data depends on: given, or made once and kept until the stack is destroyed. */
export class LagoKeys extends DynamicResource {
  constructor(name: string, args: KeysArgs, opts: pulumi.CustomResourceOptions) {
    const outputs = Object.fromEntries(KEY_NAMES.map((key) => [key, undefined]));
    const secret = { additionalSecretOutputs: [...KEY_NAMES, "given"] };
    super("Keys", KEYS, name, { ...args, ...outputs }, pulumi.mergeOptions(opts, secret));
  }

  /**
   * Each key, an output by itself. In a preview each may be known by itself. A given password of
   * Redis may differ from the one here.
   */
  byName(): Outputs<KeyValues> {
    const outputs = KEY_NAMES.map((key) => [key, Reflect.get(this, key)]);
    return Object.fromEntries(outputs) as Outputs<KeyValues>;
  }
}

/** The login of the first organization. Only a stack that opens an organization has it. */
export class LagoLogin extends DynamicResource {
  /** Login that the organization is opened with. Secret. */
  declare readonly login: pulumi.Output<OrganizationLogin>;

  constructor(name: string, args: Inputs<LoginInputs>, opts: pulumi.CustomResourceOptions) {
    const secret = { additionalSecretOutputs: ["login", "apiKey"] };
    const props = { ...args, login: undefined };
    super("Login", LOGIN, name, props, pulumi.mergeOptions(opts, secret));
  }
}

/** One service, and whether it still is as declared. */
export class LagoService extends DynamicResource {
  declare readonly generation: pulumi.Output<string>;

  constructor(name: string, args: Inputs<ServiceInputs>, opts: pulumi.CustomResourceOptions) {
    const outputs = { declared: undefined, generation: undefined };
    const secret = { additionalSecretOutputs: ["fingerprintKey"] };
    super("Service", SERVICE, name, { ...args, ...outputs }, pulumi.mergeOptions(opts, secret));
  }
}

/** Output of `ps` and `logs` for the running deployment. */
export class LagoStatus extends DynamicResource {
  declare readonly running: pulumi.Output<boolean>;
  declare readonly ready: pulumi.Output<boolean>;
  declare readonly services: pulumi.Output<LagoServiceOutput[]>;
  declare readonly logs: pulumi.Output<Record<string, string>>;

  constructor(
    name: string,
    args: Inputs<{
      projectName: string;
      engine: DockerEndpoint | undefined;
      logTail: number;
      declared: string[];
      replicas: Record<string, number> | undefined;
      revision: unknown;
    }>,
    opts: pulumi.CustomResourceOptions,
  ) {
    const outputs = {
      running: undefined,
      ready: undefined,
      services: undefined,
      undeclared: undefined,
      volumes: undefined,
      logs: undefined,
    };
    // What a service prints may quote its settings.
    const secret = { additionalSecretOutputs: ["logs"] };
    super("Status", STATUS, name, { ...args, ...outputs }, pulumi.mergeOptions(opts, secret));
  }
}
