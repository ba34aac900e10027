/** Faults for which a start is refused before anything is touched. */
import { type ConfigIssue, DeployError, type DeployErrorKind } from "../errors.ts";

/** A reason to refuse a start, with the kind of error that it makes. */
export interface StartFault extends ConfigIssue {
  readonly kind: DeployErrorKind;
}

/** Reasons for faults of one kind, to follow "was not started". */
const LEADS: Readonly<Partial<Record<DeployErrorKind, string>>> = {
  PortTaken: "others are in its way",
  PostgresChanged: "its database would not start on its data",
  VolumeChanged: "data would be lost sight of",
  InvalidConfig: "its settings are not valid",
};

/** Makes faults of one kind. */
export function ofKind(kind: DeployErrorKind, issues: readonly ConfigIssue[]): StartFault[] {
  return issues.map(({ field, message }) => ({ kind, field, message }));
}

/**
 * Makes one error of all faults, which names each with its way out. Its kind is that of the first
 * fault.
 *
 * @param faults one or more
 */
export function faultsError(project: string, faults: readonly StartFault[]): DeployError {
  const kinds = [...new Set(faults.map(({ kind }) => kind))];
  const [kind = "CommandFailed"] = kinds;
  const lead =
    kinds.length > 1
      ? `for ${faults.length} reasons`
      : (LEADS[kind] ?? "the engine lacks what the compose files need");
  const lines = faults.map(({ field, message }) => `  ${field}: ${message}`);
  return new DeployError(
    kind,
    `Project ${project} was not started, ${lead}. Nothing was touched:\n${lines.join("\n")}`,
    { issues: faults.map(({ field, message }) => ({ field, message })) },
  );
}
