import type { DeploymentSettings } from "../spec/settings.ts";
import { shellWord } from "../text/shell.ts";
import { zbl } from "../text/zbl.ts";

/** Names of the risks for data that are accepted. */
export function acceptedRisks({
  allowDataRisk = [],
}: Pick<DeploymentSettings, "allowDataRisk">): ReadonlySet<string> {
  return new Set(allowDataRisk);
}

/** Setting that accepts a risk for data, as a person writes it in a program. */
export function riskSetting(name: string): string {
  return `allowDataRisk "${name}"`;
}

/**
 * Way to accept a risk for data, as a person types it.
 *
 * @param stack the stack whose config has the settings; undefined for settings from elsewhere
 */
export function riskAcceptance(name: string, stack: string | undefined): string {
  return stack === undefined
    ? `${riskSetting(name)} (on the command line: --allow-data-risk ${shellWord(name)})`
    : zbl("set", stack, "allowDataRisk", name);
}
