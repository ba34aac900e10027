/** `adopt`: has a stack take over a deployment that plain docker compose made. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { type EngineSettings, hasExplicitEndpoint } from "../../docker/endpoint-settings.ts";
import { DeployError } from "../../errors.ts";
import { deployedProjects } from "../../pulumi/cli/deployed-projects.ts";
import { programName } from "../../pulumi/cli/program-name.ts";
import {
  configuredEngine,
  readStackConfig,
  type StackConfig,
} from "../../pulumi/cli/stack-config.ts";
import type { StackEntry } from "../../pulumi/cli/stacks.ts";
import { pick } from "../../spec/names.ts";
import { judge, shapeOf } from "../../spec/validate.ts";
import { agree } from "../../stacks/agree.ts";
import type { Questions } from "../../stacks/context.ts";
import { zbl } from "../../text/zbl.ts";
import { type Adoption, judgeAdoption } from "../adopt/adoption.ts";
import { findDeployment } from "../adopt/found.ts";
import { type AdoptionFacts, requireAdoptable } from "../adopt/refusals.ts";
import { adoptionJson, adoptionText } from "../adopt/text.ts";
import { configFileOf, writeAdoption } from "../adopt/write.ts";
import type { CommandContext } from "../command-context.ts";
import { chosenEngine } from "../engine-options.ts";
import { exitCodeOfStack } from "../exit-codes.ts";
import { settingsFrom } from "../setting-options.ts";
import { stackContext } from "../stack-context.ts";
import { stackName } from "../stack-options.ts";
import { chosenOf, type StackChoice, type StackTarget, stacksOf } from "../stack-target.ts";

/** Options of `adopt`. */
export interface AdoptOptions extends EngineSettings, StackChoice {
  readonly project: string;
  /** Roles of services, each as `SERVICE=ROLE`. */
  readonly role?: readonly string[];
  readonly yes?: boolean;
  readonly json?: boolean;
}

const rolesSchema = z.strictObject(shapeOf(["roles"]));

/**
 * Judges a deployment of plain compose, shows what it is and what the first start of the stack would
 * change, and writes the config of the stack once a person agrees. No container is touched.
 *
 * @param questions asks. Defaults to prompts on the terminal, where there is one.
 * @returns the exit code of the process
 * @throws DeployError of the kinds that {@link requireAdoptable} and {@link judgeAdoption} throw
 */
export async function adoptCommand(
  context: CommandContext,
  word: string | undefined,
  options: AdoptOptions,
  questions?: Questions,
): Promise<number> {
  const { project: name, yes = false, json } = options;
  const named = chosenEngine(options);
  const { roles = {} } = judge("options", rolesSchema, pick(settingsFrom(options), ["roles"]));
  const stacks = await stacksOf(context, options);
  const choice = { ...options, stack: stackName(word, options.stack) };
  const target = chosenOf(context, choice, stacks, { makeFirst: true, create: true });
  const config = await configOf(target);
  const engine = hasExplicitEndpoint(named) ? named : configuredEngine(config.entries);
  const found = await findDeployment(name, engine, context.signal);
  const project = requireAdoptable(found, {
    stack: target.stack,
    ...(await ownersOf(name, target, stacks)),
    roles,
    exists: existsSync,
  });
  const values = new Map([...config.entries].map(([key, { value }]) => [key, value]));
  const adoption = await judgeAdoption(
    found,
    project,
    { name: target.stack, program: config.program, folder: target.folder, values },
    { engine, roles, environment: context.environment, signal: context.signal },
  );
  if (json !== true) {
    context.output.result(adoptionText(adoption, found, target.stack));
  }
  const surroundings = stackContext(context, target.folder, questions);
  const outcome = await agree(
    json === true ? { ...surroundings, questions: undefined } : surroundings,
    { stack: target.stack, yes, verbose: false, rest: [] },
    {
      isNeeded: true,
      byName: false,
      inPerson: false,
      question: `Have stack ${target.stack} take project ${name} over? Its config is written, and no container is touched.`,
      stake: "",
      refusal: `Stack ${target.stack} does not have project ${name} yet, and there is no terminal on which to ask.`,
      command: adoptAgain(options, target.stack),
    },
  );
  if (outcome === undefined) {
    await writeAdoption(target, adoption.settings);
  }
  if (json === true) {
    const result = adoptionJson(adoption, found, target.stack, outcome === undefined);
    context.output.result(JSON.stringify(result));
  } else if (outcome === undefined) {
    context.output.result(doneText(adoption, target.stack));
  }
  return outcome === undefined ? 0 : exitCodeOfStack(outcome);
}

/** Config of a stack; an empty one for a stack that is to be made. */
async function configOf(target: StackTarget): Promise<StackConfig> {
  if (target.reason !== "new") {
    return await readStackConfig(target);
  }
  const file = configFileOf(target.stack);
  if (existsSync(join(target.folder, file))) {
    throw new DeployError(
      "InvalidConfig",
      `${file} describes stack ${target.stack}, which nobody has made yet. Choose another name for the stack, or make this one first: ${zbl("init", target.stack, "--overwrite")}`,
    );
  }
  const program = programName(target.folder, ["Pulumi.yaml"]);
  if (program === undefined) {
    throw new DeployError(
      "PathNotFound",
      `The folder ${target.folder} has no Pulumi.yaml. Run this in the program's folder, or name it with --cwd.`,
    );
  }
  return { program, entries: new Map() };
}

/** Finds the stacks of the program that have a deployment of the name, or one at all. */
async function ownersOf(
  name: string,
  target: StackTarget,
  stacks: readonly StackEntry[],
): Promise<Pick<AdoptionFacts, "deployed" | "owner">> {
  const deployed = new Map<string, readonly string[]>();
  for (const { name: stack, resourceCount } of stacks) {
    if (resourceCount !== 0) {
      const projects = await deployedProjects({ ...target, stack });
      deployed.set(
        stack,
        projects.map(({ projectName }) => projectName),
      );
    }
  }
  const [owner] = [...deployed].find(
    ([stack, projects]) => stack !== target.stack && projects.includes(name),
  ) ?? [undefined];
  return { deployed: deployed.get(target.stack) ?? [], owner };
}

/** Command that goes on without a question, with the options that were given. */
function adoptAgain(options: AdoptOptions, stack: string): string {
  const { project, dockerHost, dockerContext, dockerCertPath, role = [], cwd } = options;
  const given = Object.entries({
    "--docker-host": dockerHost,
    "--docker-context": dockerContext,
    "--docker-cert-path": dockerCertPath,
    "--cwd": cwd,
  }).flatMap(([option, value]) => (value === undefined ? [] : [option, value]));
  const roles = role.length === 0 ? [] : ["--role", ...role];
  return zbl("adopt", "--project", project, "--stack", stack, ...given, ...roles, "--yes");
}

function doneText({ settings, plan }: Adoption, stack: string): string {
  const secrets = settings.filter(({ isSecret }) => isSecret).length;
  return [
    `Stack ${stack} has the deployment: ${configFileOf(stack)} describes it with ${settings.length} settings, ${secrets} of them encrypted. No container was touched.`,
    ...(plan.changes ? [] : ["The first deploy leaves all containers running as they are."]),
    "From now on, deploy with zbl and not with docker compose: variables in a `.env` file no longer count.",
    `To preview the deployment: ${zbl("preview", stack)}`,
    `To deploy it: ${zbl("up", stack)}`,
  ].join("\n");
}
