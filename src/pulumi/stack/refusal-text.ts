/** The refusals of a preview, as one text. */
import type { dynamic } from "@pulumi/pulumi";
import type { StartFault } from "../../deployment/start-fault.ts";
import type { ConfigIssue } from "../../errors.ts";
import { hasUnknown } from "../cli/unknown-values.ts";

/** Faults that the program itself has found. No values. */
export interface ProgramFindings {
  /** Invalid settings. The spec is made of the others. */
  readonly invalid: readonly ConfigIssue[];
  /** Unsafe settings, each as a sentence. */
  readonly unsafe: readonly string[];
}

/** The known findings. The real run has the others. */
export function knownFindings(findings: ProgramFindings | undefined): ProgramFindings {
  const { invalid, unsafe } = findings ?? { invalid: [], unsafe: [] };
  return {
    invalid: hasUnknown(invalid) ? [] : invalid,
    unsafe: hasUnknown(unsafe) ? [] : unsafe,
  };
}

/** Formats faults of settings as sentences that begin with the kind. */
export function invalid(issues: readonly ConfigIssue[]): string[] {
  return issues.map(({ field, message }) => `InvalidConfig: ${field}: ${message}`);
}

/** Formats faults of a start as sentences that begin with the kind. */
export function faultReasons(faults: readonly StartFault[]): string[] {
  return faults.map(({ kind, field, message }) => `${kind}: ${field}: ${message}`);
}

/** Formats unsafe settings as sentences that begin with the kind. */
export function unsafeReasons({ unsafe }: ProgramFindings): string[] {
  return unsafe.map((one) => `UnsafeConfig: ${one}`);
}

/**
 * Formats all reasons as one text.
 *
 * @param reasons each a sentence that begins with the kind of the fault
 */
export function refusalText(project: string, reasons: readonly string[]): string {
  const items = reasons.map((reason) => `  - ${reason.replaceAll("\n", "\n    ")}`);
  return reasons.length === 1
    ? (reasons[0] as string)
    : [`project ${project} is refused for ${reasons.length} reasons:`, ...items].join("\n");
}

/**
 * Makes one failure of all reasons, which Pulumi shows as one error.
 *
 * @param reasons each a sentence that begins with the kind of the fault
 */
export function failuresOf(project: string, reasons: readonly string[]): dynamic.CheckFailure[] {
  // If the failure named a property, the engine would print the whole value beside the reason.
  return reasons.length === 0 ? [] : [{ property: "", reason: refusalText(project, reasons) }];
}
