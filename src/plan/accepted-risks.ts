import type { DeploymentSettings } from "../spec/settings.ts";

/** Names of the risks for data that are accepted. */
export function acceptedRisks({
  allowDataRisk = [],
}: Pick<DeploymentSettings, "allowDataRisk">): ReadonlySet<string> {
  return new Set(allowDataRisk);
}

/** Setting that accepts a risk for data, as a person writes it. */
export function riskAcceptance(name: string): string {
  return `allowDataRisk "${name}"`;
}
