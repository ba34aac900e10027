import * as pulumi from "@pulumi/pulumi";
import type { Finding } from "../../checks/index.ts";
import type { ComposeReads } from "../../compose/compose-reads.ts";
import { deploymentOf } from "../../deployment/from-spec.ts";
import { acceptableSentence, findUnsafe, sentence } from "../../deployment/safety.ts";
import { type ConfigIssue, onDeployError } from "../../errors.ts";
import { LAGO_KEYS, variableOfKey } from "../../lago/lago-keys.ts";
import { leaveFilesOpen, soundSpec } from "../../spec/sound.ts";
import type { DeploymentSpec } from "../../spec/spec.ts";
import { zbl } from "../../text/zbl.ts";
import type { GivenSettings } from "./environment.ts";
import { acceptableConfigSentence, configSentence, subjectOf } from "./finding-text.ts";

/** Variable with the password of the first user. */
const GENERATED_PASSWORD = "LAGO_ORG_USER_PASSWORD";

/** Origin of the settings of a stack. */
export interface SettingsSource {
  /** The stack whose config has the settings; undefined for settings from elsewhere. */
  readonly stack: string | undefined;
  /** Whether the stack opens an organization, and generates its password. */
  readonly opensOne: boolean;
}

/**
 * Finds unsafe settings, each as a sentence without values. A preview shows mere warnings, unless
 * it is refused. Unknown keys are still to be generated, and generated keys are safe.
 *
 * @param issues faults of further settings, which are left out of the spec
 * @param source origin of the settings
 */
export function unsafeSettings(
  spec: pulumi.Output<DeploymentSpec>,
  given: GivenSettings,
  issues: readonly ConfigIssue[],
  parent: pulumi.Resource,
  reads: ComposeReads,
  { stack, opensOne }: SettingsSource,
): pulumi.Output<string[]> {
  const warning = (one: Finding) =>
    stack === undefined ? sentence(one) : configSentence(one, stack);
  const refusal = (one: Finding) =>
    stack === undefined ? acceptableSentence(one) : acceptableConfigSentence(one, stack);
  const values = pulumi.all([spec, given.variables, given.extra ?? {}]);
  const judged = values.apply(async ([known, variables, extra]) => {
    const all = { ...variables, ...extra };
    const sound = soundSpec(known);
    const isOpen = leaveFilesOpen([...issues, ...sound.issues]);
    const findings = isOpen ? [] : await findingsOf(sound.value, all, reads);
    const generated = [...LAGO_KEYS.map(variableOfKey), ...(opensOne ? [GENERATED_PASSWORD] : [])];
    const made = new Set(generated.filter((name) => !all[name]));
    const relevant = findings.filter((finding) => !made.has(subjectOf(finding)));
    const errors = relevant.filter(({ severity }) => severity === "error");
    // Warnings beside refusals would only distract.
    if (pulumi.runtime.isDryRun() && errors.length + issues.length === 0) {
      await Promise.all(relevant.map((finding) => pulumi.log.warn(warning(finding), parent)));
    }
    return errors.map((finding) => refusal(opensOne ? finding : withCommands(finding, stack)));
  });
  return pulumi.unsecret(judged);
}

/** Adds the commands that set an organization, where one would be the way out. */
function withCommands(finding: Finding, stack: string | undefined): Finding {
  if (finding.id !== "signup-open" || stack === undefined) {
    return finding;
  }
  const set = (name: string, value: string) =>
    `\`${zbl("set", stack, `organization.${name}`, value)}\``;
  const commands = `${set("name", "Acme")} and ${set("email", "you@acme.example")}`;
  return { ...finding, remedy: `${finding.remedy}. For an organization: ${commands}` };
}

async function findingsOf(
  spec: DeploymentSpec,
  values: Record<string, string>,
  reads: ComposeReads,
): Promise<Finding[]> {
  // The project resource reports files that cannot be read.
  return await onDeployError(
    () => findUnsafe(deploymentOf(spec, values, { reads })),
    () => [],
  );
}
