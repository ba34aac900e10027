/** The refusals of a preview, as one text. */
import type { dynamic } from "@pulumi/pulumi";
import type { ConfigIssue } from "../../errors.ts";
import { hasUnknown } from "./wire.ts";

/** Faults that the program itself has found, without values. */
export interface ProgramFindings {
  /** Settings that are not valid. The spec is made of the others. */
  readonly invalid: readonly ConfigIssue[];
  /** Settings that are not safe, each as a sentence. */
  readonly unsafe: readonly string[];
}

/** The findings that are known. The real run has the others. */
export function knownFindings(findings: ProgramFindings | undefined): ProgramFindings {
  const { invalid, unsafe } = findings ?? { invalid: [], unsafe: [] };
  return {
    invalid: hasUnknown(invalid) ? [] : invalid,
    unsafe: hasUnknown(unsafe) ? [] : unsafe,
  };
}

/** Faults of settings, as sentences with the kind in front. */
export function invalid(issues: readonly ConfigIssue[]): string[] {
  return issues.map(({ field, message }) => `InvalidConfig: ${field}: ${message}`);
}

/** Settings that are not safe, as sentences with the kind in front. */
export function unsafeReasons({ unsafe }: ProgramFindings): string[] {
  return unsafe.map((one) => `UnsafeConfig: ${one}`);
}

/**
 * All reasons as one text.
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
 * All reasons as one failure, which Pulumi shows as one error.
 *
 * @param reasons each a sentence that begins with the kind of the fault
 */
export function failuresOf(project: string, reasons: readonly string[]): dynamic.CheckFailure[] {
  // With a property named, the engine would print all of its value beside the reason.
  return reasons.length === 0 ? [] : [{ property: "", reason: refusalText(project, reasons) }];
}
