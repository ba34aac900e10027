/** Questions about a new stack, and validation of the answers. */

import { z } from "zod";
import { type EngineSettings, engineFaults, engineOf } from "../../docker/endpoint-settings.ts";
import { type ConfigIssue, invalidConfig, issuesIn } from "../../errors.ts";
import { LagoConfig, type LagoConfigInput } from "../../lago/config/lago-config.ts";
import { projectNameFault, projectNameOfStack } from "../../lago/config/project-name.ts";
import { parseDeploymentSpec } from "../../spec/spec.ts";
import { judge, shapeOf } from "../../spec/validate.ts";
import { AUTO } from "../../spec/wanted-ports.ts";

/** Pulumi's rule for the name of a stack, with or without organization and project. */
const STACK_NAME = /^([\w.-]{1,100}\/){0,2}[\w.-]{1,100}$/;

const organizationSchema = z.strictObject(shapeOf(["organization"]));

/** Answers as texts. An empty or missing answer keeps a setting's default. */
export interface InitAnswers extends EngineSettings {
  readonly stack: string;
  readonly projectName?: string | undefined;
  readonly apiUrl?: string | undefined;
  readonly frontUrl?: string | undefined;
  readonly apiPort?: string | undefined;
  readonly frontPort?: string | undefined;
  readonly address?: string | undefined;
  readonly release?: string | undefined;
  readonly organizationName?: string | undefined;
  readonly organizationEmail?: string | undefined;
  readonly disableSignup?: boolean | undefined;
}

/** Name of one question. */
export type InitQuestion = Exclude<keyof InitAnswers, "disableSignup" | keyof EngineSettings>;

/** Setting of the stack's config for each answer, as `--path` names it. */
const SETTINGS = {
  projectName: "projectName",
  apiUrl: "apiUrl",
  frontUrl: "frontUrl",
  apiPort: "ports.api",
  frontPort: "ports.front",
  address: "ports.address",
  release: "version",
  organizationName: "organization.name",
  organizationEmail: "organization.email",
} as const satisfies Partial<Record<InitQuestion, string>>;

/** Explains why an answer is invalid; undefined for a valid answer. */
export function answerFault(question: InitQuestion, answer: string): string | undefined {
  if (question === "stack") {
    return STACK_NAME.test(answer)
      ? undefined
      : `"${answer}" is no name of a stack: use up to 100 letters, digits, -, _ and .`;
  }
  // The address is judged beside a name, and the name beside an address.
  const beside = { organizationName: "Acme", organizationEmail: "you@acme.example" };
  const isOwner = question === "organizationName" || question === "organizationEmail";
  const others = isOwner ? beside : {};
  return answerIssues({ stack: "dev", ...others, [question]: answer })[0]?.message;
}

/** Returns the compose project of a new stack. */
function projectOf({ stack, projectName }: InitAnswers): string {
  return projectName || projectNameOfStack(stack);
}

/**
 * Returns the plain settings of the stack, by the name that `pulumi config set --path` takes.
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

/** Validates answers by the rules of a deployment. */
function answerIssues(answers: InitAnswers): ConfigIssue[] {
  const given = (text: string | undefined) => text || undefined;
  const { apiUrl, frontUrl, apiPort, frontPort, address, release: version } = answers;
  const name = given(answers.organizationName);
  const email = given(answers.organizationEmail);
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
    ...(name === undefined && email === undefined
      ? []
      : issuesIn(() => judge("config", organizationSchema, { organization: { name, email } }))),
  ];
}

/** Parses a port. A text that is no number is passed on, for the spec's rules to report. */
function portOf(text: string | undefined): number | string | undefined {
  return !text || text === AUTO || !/^\d+$/.test(text) ? text || undefined : Number(text);
}
