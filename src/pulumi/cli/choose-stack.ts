/** Choice of the stack that a command is about. Pure. */
import { DeployError } from "../../errors.ts";
import { didYouMean } from "../../lago/catalogue/suggest.ts";
import { shortStackName } from "../../lago/config/project-name.ts";
import { zbl } from "../../text/zbl.ts";
import type { StackEntry } from "./stacks.ts";

/** Name of the stack that a first start makes where a program has no stack. */
export const FIRST_STACK = "dev";

/** Stack of a command, and the reason of the choice. */
export interface ChosenStack {
  readonly name: string;
  /**
   * `named` by the command; `selected` by `pulumi stack select` or `PULUMI_STACK`; the `only` one of
   * the program; a `new` one, which does not exist yet.
   */
  readonly reason: "named" | "selected" | "only" | "new";
}

/** Treatment of a stack that does not exist. Each field defaults to false. */
export interface MissingStack {
  /** Whether the command makes the first stack of a program that has none. */
  readonly makeFirst?: boolean;
  /** Whether the command makes the stack that it names. */
  readonly create?: boolean;
  /** Whether the program has a config file for a stack of the name. */
  readonly hasConfig?: (name: string) => boolean;
}

/**
 * Chooses the stack that a command is about.
 *
 * @param named name that the command gives
 * @throws DeployError of kind `StackNotFound` where there is no such stack, or where several stacks
 *   are there and none is selected
 */
export function chooseStack(
  named: string | undefined,
  stacks: readonly StackEntry[],
  { makeFirst = false, create = false, hasConfig }: MissingStack = {},
): ChosenStack {
  if (named !== undefined) {
    const found = findStack(named, stacks);
    if (found !== undefined) {
      return { name: found.name, reason: "named" };
    }
    if (create || (makeFirst && named === FIRST_STACK && stacks.length === 0)) {
      return { name: named, reason: "new" };
    }
    throw unknownStack(named, stacks, hasConfig?.(named));
  }
  const selected = stacks.find(({ current }) => current);
  if (selected !== undefined) {
    return { name: selected.name, reason: "selected" };
  }
  const [first, ...others] = stacks;
  if (first === undefined) {
    if (makeFirst) {
      return { name: FIRST_STACK, reason: "new" };
    }
    throw unknownStack(undefined, stacks);
  }
  if (others.length > 0) {
    throw new DeployError(
      "StackNotFound",
      `Which stack? None is selected, and there are ${namesOf(stacks)}. Nothing was touched. To select one for the commands that name none: ${zbl("select", first.name)}`,
    );
  }
  return { name: first.name, reason: "only" };
}

/** Finds a stack by its name, with or without organization and project in front. */
export function findStack(name: string, stacks: readonly StackEntry[]): StackEntry | undefined {
  const short = shortStackName(name);
  return (
    stacks.find((one) => one.name === name) ??
    stacks.find(
      (one) => shortStackName(one.name) === short && (name === short || one.name === short),
    )
  );
}

/**
 * Error for a stack that does not exist, with the near name and the way to make the stack.
 *
 * @param isDescribed whether the program has a config file for the stack. Defaults to false
 */
export function unknownStack(
  name: string | undefined,
  stacks: readonly StackEntry[],
  isDescribed = false,
): DeployError {
  if (name !== undefined && isDescribed) {
    return new DeployError(
      "StackNotFound",
      `Stack ${name} is described in Pulumi.${shortStackName(name)}.yaml, and nobody has made it yet. Nothing was touched. To make and deploy it: ${zbl("up", name, "--create")}`,
    );
  }
  if (name === undefined || name === FIRST_STACK) {
    const others = stacks.length === 0 ? "There is no stack yet" : `Stacks: ${namesOf(stacks)}`;
    const missing = name === undefined ? "" : `There is no stack ${name}. `;
    return new DeployError(
      "StackNotFound",
      `${missing}${others}. Nothing was touched. To make one: ${zbl("init", FIRST_STACK)}`,
    );
  }
  const names = stacks.map((one) => one.name);
  const there = stacks.length === 0 ? "There is none yet" : `Stacks: ${namesOf(stacks)}`;
  return new DeployError(
    "StackNotFound",
    `There is no stack ${name}${didYouMean(name, names) || "."} ${there}. Nothing was touched. To make it: ${zbl("init", name)}`,
  );
}

function namesOf(stacks: readonly StackEntry[]): string {
  return stacks.map(({ name }) => name).join(", ");
}

const REASONS = {
  named: "",
  selected: " (selected)",
  only: " (the only one)",
  new: " (new)",
} as const satisfies Record<ChosenStack["reason"], string>;

/** Names the stack of a command for its first line, such as `Stack prod (selected)`. */
export function chosenStackText({ name, reason }: ChosenStack): string {
  return `Stack ${name}${REASONS[reason]}`;
}
