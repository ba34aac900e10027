/** What a new stack is asked for, and what of it is wrong. */

import { type EngineSettings, engineFaults, engineOf } from "../../docker/endpoint-settings.ts";
import { type ConfigIssue, invalidConfig, issuesIn } from "../../errors.ts";
import { LagoConfig, type LagoConfigInput } from "../../lago/config/lago-config.ts";
import { projectNameFault } from "../../lago/config/project-name.ts";
import { parseDeploymentSpec } from "../../spec/spec.ts";
import { AUTO } from "../../spec/wanted-ports.ts";

/** Pulumi's own rule for the name of a stack, with or without its organization and project. */
const STACK_NAME = /^([\w.-]{1,100}\/){0,2}[\w.-]{1,100}$/;

/** Answers as texts; an empty or missing one leaves a setting at its default. */
export interface InitAnswers extends EngineSettings {
  readonly stack: string;
  readonly projectName?: string | undefined;
  readonly apiUrl?: string | undefined;
  readonly frontUrl?: string | undefined;
  readonly apiPort?: string | undefined;
  readonly frontPort?: string | undefined;
  readonly address?: string | undefined;
  readonly release?: string | undefined;
  readonly disableSignup?: boolean | undefined;
}

/** One question. */
export type InitQuestion = Exclude<keyof InitAnswers, "disableSignup" | keyof EngineSettings>;

/** The setting in the stack's config that each answer becomes, as `--path` names it. */
const SETTINGS = {
  projectName: "projectName",
  apiUrl: "apiUrl",
  frontUrl: "frontUrl",
  apiPort: "ports.api",
  frontPort: "ports.front",
  address: "ports.address",
  release: "version",
} as const satisfies Partial<Record<InitQuestion, string>>;

/** Says what is wrong with an answer to one question; undefined when it is well. */
export function answerFault(question: InitQuestion, answer: string): string | undefined {
  if (question === "stack") {
    return STACK_NAME.test(answer)
      ? undefined
      : `"${answer}" is no name of a stack: use up to 100 letters, digits, -, _ and .`;
  }
  return answerIssues({ stack: "dev", [question]: answer })[0]?.message;
}

/** The name of the stack within its project. */
export function shortName(stack: string): string {
  return stack.split("/").at(-1) ?? stack;
}

/** The compose project of a new stack. */
export function projectOf({ stack, projectName }: InitAnswers): string {
  return projectName || `lago-${shortName(stack)}`;
}

/**
 * The plain settings of the stack, by the name that `pulumi config set --path` takes.
 *
 * @throws DeployError of kind `InvalidConfig` that names every fault
 */
export function settingsOf(answers: InitAnswers): ReadonlyMap<string, string> {
  const issues = answerIssues(answers);
  if (issues.length > 0) {
    throw invalidConfig(issues);
  }
  const settings = new Map<string, string>(Object.entries(engineOf(answers)));
  for (const [question, setting] of Object.entries(SETTINGS)) {
    const answer = answers[question as keyof typeof SETTINGS];
    if (answer) {
      settings.set(setting, answer);
    }
  }
  if (answers.disableSignup === true) {
    settings.set("disableSignup", "true");
  }
  return settings;
}

/** By the same rules as a deployment's own. */
function answerIssues(answers: InitAnswers): ConfigIssue[] {
  const given = (text: string | undefined) => text || undefined;
  const { apiUrl, frontUrl, apiPort, frontPort, address, release: version } = answers;
  const stackFault = answerFault("stack", answers.stack);
  const nameFault = projectNameFault(projectOf(answers));
  const config = Object.entries({ apiUrl, frontUrl }).filter(([, value]) => given(value));
  return [
    ...(stackFault === undefined ? [] : [{ field: "stack", message: stackFault }]),
    ...(nameFault === undefined || (stackFault !== undefined && !answers.projectName)
      ? []
      : [{ field: "projectName", message: nameFault }]),
    ...engineFaults(answers),
    ...issuesIn(() => new LagoConfig(Object.fromEntries(config) as LagoConfigInput)),
    ...issuesIn(() =>
      parseDeploymentSpec({
        projectName: "lago",
        ports: { api: portOf(apiPort), front: portOf(frontPort), address: given(address) },
        version: given(version),
      }),
    ),
  ];
}

/** What is no number is for the spec's own rule to name. */
function portOf(text: string | undefined): number | string | undefined {
  return !text || text === AUTO || !/^\d+$/.test(text) ? text || undefined : Number(text);
}
