import { local } from "@pulumi/command";
import * as pulumi from "@pulumi/pulumi";
import { ComposeReads } from "../../compose/compose-reads.ts";
import type { ConfigIssue } from "../../errors.ts";
import type { KeyValues } from "../../lago/lago-keys.ts";
import { SETTINGS } from "../../spec/settings.ts";
import { SPEC_VARIABLE } from "../../spec/spec-variable.ts";
import { unknownArguments } from "../../spec/unknown-names.ts";
import type { LagoStackArgs } from "./args.ts";
import { areFromConfig, configIssuesOf } from "./config-issues.ts";
import { declaredServices } from "./declared-services.ts";
import { givenSettings, type Variables, variableValues } from "./environment.ts";
import { showNeighbours } from "./neighbours.ts";
import { warnOfLateChanges } from "./organization.ts";
import type {
  LagoLoginOutput,
  LagoPortsOutput,
  LagoProxyOutput,
  LagoServiceOutput,
} from "./output-types.ts";
import { wantedName } from "./project-name.ts";
import { proxyOutput } from "./proxy-output.ts";
import { publicUrls } from "./public-urls.ts";
import { LagoKeys, LagoLogin, LagoProject, LagoStatus } from "./resources.ts";
import { unsafeSettings } from "./safety.ts";
import { registerServices } from "./service-resources.ts";
import {
  destroySpecOf,
  engineInput,
  optInsOf,
  specFromArgs,
  withAllocatedPorts,
  withName,
} from "./specs.ts";
import { withValuesOfFiles } from "./values-of-files.ts";
import { toStateJson } from "./wire.ts";

/**
 * The command line of this package, found by name from the program's folder: a constant, so that
 * another checkout of the same program sees no change. `exec` lets a signal reach it.
 */
const CLI =
  "exec node --input-type=module -e " +
  `'const { main } = await import("z-billing-lago/cli"); await main(process.argv.slice(1));' --`;

/** Options of all commands: nothing of their output is secret or passed to the next run. */
const QUIET = { addPreviousOutputInEnv: false, logging: local.Logging.Stderr } as const;

/**
 * A Lago deployment on the host that runs the program, or on the engine that `dockerHost`,
 * `dockerContext` or Docker's own settings name. `pulumi up` starts the deployment and waits until
 * every service is ready. `pulumi destroy` removes the deployment and keeps its data.
 */
export class LagoStack extends pulumi.ComponentResource {
  /** Whether any service runs. */
  public readonly running: pulumi.Output<boolean>;
  /**
   * Whether every service that the compose files declare is up and healthy. Unknown until the first
   * refresh of a state that an earlier release left.
   */
  public readonly ready: pulumi.Output<boolean>;
  /** The services, sorted by name. */
  public readonly services: pulumi.Output<LagoServiceOutput[]>;
  /** The last log lines of each service. Secret, since a log may quote settings. */
  public readonly logs: pulumi.Output<Record<string, string>>;
  /** URL at which browsers and clients reach the api. */
  public readonly apiUrl: pulumi.Output<string>;
  /** URL at which browsers reach the front. */
  public readonly frontUrl: pulumi.Output<string>;
  /**
   * Address and ports on which the deployment is published on the host. An unpublished service has
   * no port.
   */
  public readonly ports: pulumi.Output<LagoPortsOutput>;
  /** Places at which a reverse proxy finds api and front. Undefined without `behindProxy`. */
  public readonly proxy: pulumi.Output<LagoProxyOutput | undefined>;
  /** The compose project's name. */
  public readonly projectName: pulumi.Output<string>;
  /**
   * Keys of the data, given or generated. Secret. Keep a copy: data cannot be read without its
   * keys.
   */
  public readonly keys: pulumi.Output<KeyValues>;
  /**
   * How to log in to the organization that the stack has opened. Secret. Undefined without an
   * `organization`.
   */
  public readonly login: pulumi.Output<LagoLoginOutput | undefined>;

  constructor(name: string, args: LagoStackArgs = {}, opts?: pulumi.ComponentResourceOptions) {
    const unknown = unknownArguments(args);
    const issues = [...configIssuesOf(args), ...unknown];
    super("z-billing-lago:index:LagoStack", name, stateOf(args, unknown), opts);
    // Hints name commands that change the stack's config.
    const stack = areFromConfig(args) ? pulumi.getStack() : undefined;
    const wanted = wantedName(args);
    const engine = engineInput(args);
    const settings = givenSettings(args);
    const { allowKeyChange = [] } = args;
    const own = lastingOptions(this, args);
    // The files do not change while the program runs.
    const reads = new ComposeReads();
    const spec = pulumi.unsecret(specFromArgs(wanted.projectName, args, settings, reads));
    const { given, ofFiles } = withValuesOfFiles(args, settings, spec, reads);
    const optIns = optInsOf(args);
    // Nothing is refused here: an input that fails would hide what the others have to say.
    const findings = {
      invalid: given.issues.apply((more) => [...issues, ...more]),
      unsafe: unsafeSettings(spec, given, issues, this, reads, {
        stack,
        opensOne: args.organization !== undefined,
      }),
    };
    // The findings are made of them. Compose files may hold secrets of their own.
    const answers = pulumi.secret(findings.unsafe.apply(() => reads.answers));
    const judged = {
      spec,
      ...{ optIns, findings, answers, sources: given.keySources, stack },
      ...(wanted.mayBeOfFiles ? { nameOrigin: wanted.origin } : {}),
    };
    const keys = new LagoKeys(
      `${name}-keys`,
      {
        projectName: wanted.projectName,
        engine,
        given: given.keys,
        allowKeyChange: pulumi.output(allowKeyChange),
        project: judged,
      },
      own,
    );

    // What `auto` stands for is decided by the project, which has to be judged in every preview: its
    // own spec holds nothing that is not known before.
    const project = new LagoProject(
      `${name}-project`,
      { ...judged, keys: { given: given.keys, all: keys.byName() } },
      { ...own, dependsOn: keys },
    );
    const projectName = wanted.mayBeOfFiles
      ? project.spec.apply((known) => known.projectName)
      : wanted.projectName;
    showNeighbours(spec, wanted, this, stack);
    const named = wanted.mayBeOfFiles ? withName(spec, projectName) : spec;
    const located = withAllocatedPorts(named, project.ports, findings);
    const urls = publicUrls(args, given, ofFiles, project.ports);

    // A create that fails leaves nothing in the state, and then its delete never runs. This one
    // cannot fail, so that a half-started deployment can be destroyed.
    const anchor = new local.Command(
      `${name}-anchor`,
      {
        ...QUIET,
        delete: `${CLI} down --json`,
        environment: { [SPEC_VARIABLE]: pulumi.jsonStringify(destroySpecOf(projectName, args)) },
      },
      { ...own, dependsOn: project, additionalSecretOutputs: ["stdout", "stderr"] },
    );

    const login = loginOf(name, args, { projectName, engine }, { ...own, dependsOn: project });
    const values = variableValues(args, given, keys.byName(), urls);
    const services = declaredServices(spec, located, values, given, this, { reads, stack });
    const generation = registerServices(name, projectName, engine, services, {
      parent: this,
      dependsOn: project,
      // Services only describe the deployment. A service that is no longer declared must be
      // removable.
      protect: false,
    });

    // Never `triggers`: they replace, and the old deployment's delete would end the new one. Causes
    // of an update are in the environment instead.
    const revision = {
      [SPEC_VARIABLE]: pulumi.jsonStringify(located),
      Z_BILLING_LAGO_DIGEST: project.digest,
      Z_BILLING_LAGO_GENERATION: generation,
    };
    const deployment = new local.Command(
      `${name}-deployment`,
      {
        ...QUIET,
        create: `${CLI} up --json`,
        update: `${CLI} up --json`,
        delete: `${CLI} down --json`,
        environment: withRevision(
          variableValues(args, given, keys.byName(), urls, login?.login),
          revision,
        ),
      },
      { ...own, dependsOn: anchor, additionalSecretOutputs: ["stdout", "stderr"] },
    );

    const status = new LagoStatus(
      `${name}-status`,
      {
        projectName,
        engine,
        logTail: args.logTail ?? SETTINGS.logTail.default,
        declared: services.names,
        replicas: services.replicas,
        revision,
      },
      { ...own, dependsOn: deployment },
    );

    this.running = status.running;
    this.ready = status.ready;
    this.services = status.services;
    this.logs = status.logs;
    this.apiUrl = urls.apiUrl;
    this.frontUrl = urls.frontUrl;
    this.ports = project.ports;
    this.proxy = proxyOutput(projectName, args, services.proxied);
    this.projectName = projectName;
    this.keys = pulumi.secret(
      pulumi.all([keys.byName(), given.keys]).apply(([all, ones]) => ({ ...all, ...ones })),
    );
    this.login = loginOutput(login, urls.frontUrl);
    if (login !== undefined) {
      warnOfLateChanges(login.login, args, this);
    }
    this.registerOutputs({
      running: this.running,
      ready: this.ready,
      services: this.services,
      logs: this.logs,
      apiUrl: this.apiUrl,
      frontUrl: this.frontUrl,
      ports: this.ports,
      proxy: this.proxy,
      projectName: this.projectName,
      keys: this.keys,
      login: this.login,
    });
  }
}

/** Makes the login of the organization; undefined for a stack that opens none. */
function loginOf(
  name: string,
  { organization, config }: LagoStackArgs,
  place: Pick<ConstructorParameters<typeof LagoLogin>[1], "projectName" | "engine">,
  options: pulumi.CustomResourceOptions,
): LagoLogin | undefined {
  const apiKey = config?.apiKey;
  return organization === undefined
    ? undefined
    : new LagoLogin(
        `${name}-login`,
        {
          ...place,
          organization: pulumi.output(organization),
          ...(apiKey === undefined ? {} : { apiKey: pulumi.secret(apiKey) }),
        },
        options,
      );
}

function loginOutput(
  made: LagoLogin | undefined,
  frontUrl: pulumi.Output<string>,
): pulumi.Output<LagoLoginOutput | undefined> {
  return made === undefined
    ? pulumi.output(undefined)
    : pulumi.secret(
        pulumi
          .all([made.login, frontUrl])
          .apply(([{ name: _, ...login }, url]) => toStateJson({ url, ...login })),
      );
}

/**
 * Options of what lasts as long as the deployment. The protection stands at each and not at their
 * parent: an older language host loses the `false` by which a service would not take it over.
 */
function lastingOptions(
  parent: LagoStack,
  { protect }: LagoStackArgs,
): pulumi.CustomResourceOptions {
  return protect === undefined ? { parent } : { parent, protect };
}

/**
 * The arguments as the state may keep them, although a program may give secrets in plain. Without the
 * organization: a change of it has no effect once it is opened, and is no change of the stack then.
 */
function stateOf(args: LagoStackArgs, unknown: readonly ConfigIssue[]): pulumi.Inputs {
  const { config, settings, environment, organization: _, ...others } = args;
  const names = unknown.map(({ field }) => field);
  const plain = Object.entries(others).filter(([name]) => !names.includes(name));
  return {
    ...Object.fromEntries(plain),
    ...(settings === undefined ? {} : { settings: pulumi.secret(settings) }),
    ...(config === undefined ? {} : { config: pulumi.secret(config) }),
    ...(environment === undefined ? {} : { environment: pulumi.secret(environment) }),
  };
}

/** Keeps each variable an input of its own, with a secrecy of its own. */
function withRevision(
  values: Variables | pulumi.Output<Variables>,
  revision: Variables,
): pulumi.Input<Variables> {
  const all = (known: Variables): Variables => ({ ...known, ...revision });
  return pulumi.Output.isInstance(values) ? values.apply(all) : all(values);
}
