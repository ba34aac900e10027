/** Faults of a stack's config on their way from where it is read to where everything is refused together. */
import type { ConfigIssue } from "../../errors.ts";
import type { LagoStackArgs } from "./args.ts";

/** A key that a spread copies too, and that no documentation and no state shows. */
const ISSUES = Symbol.for("z-billing-lago.configIssues");

interface WithIssues extends LagoStackArgs {
  readonly [ISSUES]?: readonly ConfigIssue[];
}

/** Arguments that a stack is refused with, unless `issues` is empty. */
export function withConfigIssues(
  args: LagoStackArgs,
  issues: readonly ConfigIssue[],
): LagoStackArgs {
  const marked: WithIssues = { ...args, [ISSUES]: issues };
  return issues.length === 0 ? args : marked;
}

/** The faults that came with arguments. */
export function configIssuesOf(args: WithIssues): readonly ConfigIssue[] {
  return args[ISSUES] ?? [];
}
