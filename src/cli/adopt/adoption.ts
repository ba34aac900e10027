/** The adoption of a deployment of plain compose: what the stack gets, and what its start changes. */
import type { Finding } from "../../checks/index.ts";
import type { ComposeModel } from "../../compose/model.ts";
import { readComposeFiles } from "../../compose/read-files.ts";
import { requireStartable } from "../../deployment/deploy.ts";
import { LagoDeployment } from "../../deployment/lago-deployment.ts";
import { planOf } from "../../deployment/plan.ts";
import { findUnsafe } from "../../deployment/safety.ts";
import type { DockerEndpoint } from "../../docker/endpoint-settings.ts";
import { invalidConfig } from "../../errors.ts";
import { keysFromContainers } from "../../keys/from-containers.ts";
import type { NamedRole } from "../../lago/catalogue/types.ts";
import { type KeyName, LAGO_KEYS } from "../../lago/lago-keys.ts";
import type { ComposeProjectOnEngine } from "../../observe/compose-projects.ts";
import { environmentsOf } from "../../observe/container-environments.ts";
import { takeSnapshot } from "../../observe/snapshot.ts";
import type { Plan } from "../../plan/types.ts";
import { deploymentOfStack } from "../../pulumi/cli/stack-deployment.ts";
import { type ConfigValues, configFaults } from "../set/config-change.ts";
import type { Environment } from "../target.ts";
import type { FoundDeployment } from "./found.ts";
import { namedFiles, profilesOf, readVariables } from "./plain-call.ts";
import { adoptedVariables } from "./recovered.ts";
import {
  type AdoptedSetting,
  settingConflicts,
  settingsOfAdopted,
  withSettings,
} from "./settings.ts";

/** A judged adoption. Holds secrets. */
export interface Adoption {
  readonly project: ComposeProjectOnEngine;
  readonly model: ComposeModel;
  /** Files of variables that compose read, as far as they are there. */
  readonly envFiles: readonly string[];
  readonly settings: readonly AdoptedSetting[];
  /** Names of the keys that the stack gets, and of those that the files go on giving. */
  readonly keys: { readonly stored: readonly KeyName[]; readonly inFiles: readonly KeyName[] };
  /** Names of variables that differ in the files of variables from those of the containers. */
  readonly changedSince: readonly string[];
  readonly plan: Plan;
  readonly findings: readonly Finding[];
}

/** The stack that takes a deployment over. */
export interface AdoptingStack {
  readonly name: string;
  /** Name of the Pulumi program. */
  readonly program: string;
  /** Folder of the program. */
  readonly folder: string;
  /** The config that the stack has. */
  readonly values: ConfigValues;
}

/** Surroundings of an adoption. */
export interface AdoptionContext {
  readonly engine: DockerEndpoint;
  /** Roles of services that an option gives. */
  readonly roles: Readonly<Record<string, NamedRole>>;
  readonly environment: Environment;
  readonly signal: AbortSignal;
}

/**
 * Judges an adoption, and plans the first start of the stack after it. Changes nothing.
 *
 * @throws DeployError of kind `InvalidConfig` for settings and keys that contradict the deployment, of
 *   the kinds that a refused start has, or of the kind that docker's failure tells
 */
export async function judgeAdoption(
  found: FoundDeployment,
  project: ComposeProjectOnEngine,
  stack: AdoptingStack,
  context: AdoptionContext,
): Promise<Adoption> {
  const { signal, roles, engine } = context;
  const { name: projectName, folder } = project;
  const { envFiles, inFile } = readVariables(project, context.environment);
  const profiles = profilesOf(project, inFile);
  const files = namedFiles(project);
  const described = { projectName, profiles, composeFiles: project.files, roles, adopted: true };
  const model = await new LagoDeployment(folder, { ...described, ...engine, signal }).model();
  const references = readComposeFiles(project.files, { profiles, variables: inFile });
  const names = [
    ...new Set([...model.variables, ...references.assignments.flatMap((one) => one.references)]),
  ].filter((name) => !name.startsWith("COMPOSE_"));
  const { values, changedSince } = adoptedVariables(model, found.containers, {
    names,
    inFile,
    environment: context.environment,
  });
  const keys = await keysFromContainers(projectName, environmentsOf(found.containers), undefined);
  // A default of the files that became a key must not become another one with the next files.
  const variables = { ...keyVariablesOf(names, keys), ...values };
  const stored = storedKeys(variables);
  const adopted = settingsOfAdopted({
    ...{ projectName, folder, files, profiles, roles, engine, variables },
  });
  const conflicts = settingConflicts(stack.values, adopted, stack.name);
  const all = withSettings(stack.values, adopted);
  const of = { program: stack.program, stack: stack.name };
  const issues = [...conflicts, ...configFaults(all, of)];
  if (issues.length > 0) {
    throw invalidConfig(issues);
  }
  const entries = [...all].map(([name, value]) => [name, { value, secret: false }] as const);
  const config = { program: stack.program, entries: new Map(entries) };
  const { deployment } = deploymentOfStack(config, stack.name, stack.folder, { signal });
  await deployment.requireSettings();
  await requireStartable(deployment, await takeSnapshot(projectName, engine, signal));
  return {
    project,
    model,
    envFiles,
    settings: adopted,
    keys: {
      stored,
      inFiles: LAGO_KEYS.map(({ name }) => name).filter(
        (name) => keys[name] !== undefined && !stored.includes(name),
      ),
    },
    changedSince,
    plan: await planOf(deployment),
    findings: await findUnsafe(deployment),
  };
}

/** Variables among those of the files that give keys, with the keys of the containers. */
function keyVariablesOf(
  names: readonly string[],
  keys: Readonly<Partial<Record<KeyName, string>>>,
): Record<string, string> {
  const entries = LAGO_KEYS.flatMap(({ name, variables }) =>
    variables
      .filter((variable) => names.includes(variable))
      .map((variable) => [variable, keys[name] ?? ""] as const),
  );
  return Object.fromEntries(entries.filter(([, value]) => value !== ""));
}

function storedKeys(variables: Readonly<Record<string, string>>): KeyName[] {
  return LAGO_KEYS.filter((key) =>
    key.variables.some((name) => Object.hasOwn(variables, name)),
  ).map(({ name }) => name);
}
