/** State of a stack, as far as a deploy and a destroy need to know it. */
import { z } from "zod";
import type { DockerEndpoint } from "../docker/endpoint-settings.ts";
import { parseOutput } from "../process/parse-output.ts";
import { projectAddress } from "../pulumi/cli/deployed-projects.ts";
import { COMMAND_TYPE, PROJECT_TYPE, STACK_TYPE } from "../pulumi/cli/resource-types.ts";
import { pulumi, type StackOptions } from "../pulumi/cli/run.ts";
import { SPEC_VARIABLE } from "../spec/spec-variable.ts";
import { tryJson } from "../text/json.ts";

/** Types of resources that belong to Pulumi itself. */
const PULUMI_TYPE = /^pulumi:(pulumi:Stack|providers:)/;

const properties = z.record(z.string(), z.unknown()).nullish();

const stateSchema = z.object({
  deployment: z.object({
    resources: z
      .array(
        z.looseObject({
          urn: z.string().default(""),
          type: z.string(),
          id: z.string().optional(),
          parent: z.string().optional(),
          protect: z.boolean().optional(),
          inputs: properties,
          outputs: properties,
        }),
      )
      .nullish(),
  }),
});

type Resource = NonNullable<z.output<typeof stateSchema>["deployment"]["resources"]>[number];

/** Input of the commands of a deployment that says what its end removes. */
const removalSchema = z.object({ removeVolumesOnDestroy: z.string() });

/** A deployment in a state. */
export interface StackDeployment {
  /** Compose project of the deployment. */
  readonly projectName: string;
  /** Docker engine that the stack names. */
  readonly engine: DockerEndpoint;
  /** Whether the deployment was completed once, so that it may be in use. */
  readonly wasDeployed: boolean;
  /** Whether a destroy removes the volumes, with all data. */
  readonly removesVolumes: boolean;
  /** URL of the front and of the api; absent before the first complete deploy. */
  readonly frontUrl?: string | undefined;
  readonly apiUrl?: string | undefined;
}

/** State of a stack. */
export interface StackState {
  /** Whether the stack has no resources. */
  readonly isEmpty: boolean;
  /** Deployments, also incomplete ones. */
  readonly deployments: readonly StackDeployment[];
  /** Whether a deployment is protected, so that Pulumi refuses to destroy it. */
  readonly isProtected: boolean;
  /** Resources of the program that are no part of a deployment, as type and name. */
  readonly others: readonly string[];
  /** Protected ones of the others. */
  readonly protectedOthers: readonly string[];
}

/**
 * Exports a stack's state.
 *
 * @throws DeployError of kind `CommandFailed` when Pulumi cannot export it, or `ParseError`
 */
export async function readState(options: StackOptions): Promise<StackState> {
  const { stdout } = await pulumi(options, ["stack", "export"]);
  return parseState(stdout);
}

/**
 * Reads the output of `pulumi stack export`.
 *
 * @throws DeployError of kind `ParseError`
 */
export function parseState(text: string): StackState {
  const resources =
    parseOutput(stateSchema, text, "pulumi stack export").deployment.resources ?? [];
  const others = resources.filter(isOther);
  return {
    isEmpty: resources.length === 0,
    deployments: resources
      .filter(({ type, id }) => type === PROJECT_TYPE && id !== undefined)
      .map((project) => deploymentOf(project, resources)),
    isProtected: resources.some((one) => one.protect === true && !isOther(one)),
    others: others.map(nameOf),
    protectedOthers: others.filter(({ protect }) => protect === true).map(nameOf),
  };
}

function deploymentOf(project: Resource, resources: readonly Resource[]): StackDeployment {
  const siblings = resources.filter(
    ({ type, parent }) => type === COMMAND_TYPE && parent === project.parent,
  );
  const commands = (part: string) => siblings.filter(({ urn }) => urn.endsWith(`-${part}`));
  const component = resources.find(({ urn }) => urn === project.parent)?.outputs;
  return {
    ...projectAddress(project),
    // The command of a first start that failed is not in the state.
    wasDeployed: commands("deployment").length > 0,
    removesVolumes: commands("anchor").some(removesVolumes),
    frontUrl: textOf(component?.frontUrl),
    apiUrl: textOf(component?.apiUrl),
  };
}

function removesVolumes({ inputs }: Resource): boolean {
  const environment = inputs?.environment as Record<string, unknown> | undefined;
  const spec = textOf(environment?.[SPEC_VARIABLE]) ?? "";
  return removalSchema.safeParse(tryJson(spec)).success;
}

function isOther({ urn, type }: Resource): boolean {
  return !urn.includes(STACK_TYPE) && !PULUMI_TYPE.test(type);
}

function nameOf({ urn, type }: Resource): string {
  return `${type} ${urn.replace(/^.*::/, "")}`;
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}
