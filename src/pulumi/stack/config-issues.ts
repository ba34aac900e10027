/**
 * Carries the faults of a stack's config from reading the config to the refusal, which has all
 * faults, and the fact that the arguments came from the config.
 */
import type { ConfigIssue } from "../../errors.ts";
import type { LagoStackArgs } from "./args.ts";

/** Key that a spread copies too, and that neither documentation nor state shows. */
const ISSUES = Symbol.for("z-billing-lago.configIssues");

interface WithIssues extends LagoStackArgs {
  readonly [ISSUES]?: readonly ConfigIssue[];
}

/**
 * Marks arguments as those of the config, with its faults. A stack with such arguments is refused,
 * unless `issues` is empty.
 */
export function withConfigIssues(
  args: LagoStackArgs,
  issues: readonly ConfigIssue[],
): LagoStackArgs {
  const marked: WithIssues = { ...args, [ISSUES]: issues };
  return marked;
}

/** Returns the faults that were added to arguments. */
export function configIssuesOf(args: WithIssues): readonly ConfigIssue[] {
  return args[ISSUES] ?? [];
}

/** Whether arguments, or those that they are a copy of, came from the config of the stack. */
export function areFromConfig(args: WithIssues): boolean {
  return args[ISSUES] !== undefined;
}
