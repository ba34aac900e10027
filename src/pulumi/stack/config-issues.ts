/**
 * Carries the faults of a stack's config from reading the config to the refusal, which has all
 * faults.
 */
import type { ConfigIssue } from "../../errors.ts";
import type { LagoStackArgs } from "./args.ts";

/** Key that a spread copies too, and that neither documentation nor state shows. */
const ISSUES = Symbol.for("z-billing-lago.configIssues");

interface WithIssues extends LagoStackArgs {
  readonly [ISSUES]?: readonly ConfigIssue[];
}

/** Adds faults to arguments. A stack with such arguments is refused, unless `issues` is empty. */
export function withConfigIssues(
  args: LagoStackArgs,
  issues: readonly ConfigIssue[],
): LagoStackArgs {
  const marked: WithIssues = { ...args, [ISSUES]: issues };
  return issues.length === 0 ? args : marked;
}

/** Returns the faults that were added to arguments. */
export function configIssuesOf(args: WithIssues): readonly ConfigIssue[] {
  return args[ISSUES] ?? [];
}
