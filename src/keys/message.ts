import { DeployError } from "../errors.ts";
import { type KeyName, LAGO_KEYS, type LagoKey } from "../lago/lago-keys.ts";
import { zbl } from "../text/zbl.ts";
import type { KeyDifference } from "./key-differences.ts";

const EXPLANATIONS: Readonly<Record<KeyDifference["kind"], string>> = {
  other: "differs from the one that the data was written with",
  missing: "is not given, but the data was written with one",
  added: "is given, but the data was written with the compose file's own default",
  unproven: "is not given, and a new one would not be the one that the data was written with",
};

/** Names of settings by the key that each gives. */
export type KeySources = Readonly<Partial<Record<KeyName, string>>>;

/** Facts about a stack that make the next steps exact. */
export interface KeyHints {
  /** Defaults to commands without a stack, which are about the selected one. */
  readonly stack?: string | undefined;
  /** Settings that give the keys. Defaults to the usual ones. */
  readonly sources?: KeySources | undefined;
  /** Keys whose right value the stack's state still has. Defaults to none. */
  readonly inState?: readonly KeyName[] | undefined;
}

/**
 * Explains that keys do not fit the data: which ones, the possible loss, and the next steps. Names
 * keys and never shows one.
 */
export function keysChangedText(
  project: string,
  found: readonly KeyDifference[],
  { stack, sources = {}, inState = [] }: KeyHints = {},
): string {
  const of = stack === undefined ? [] : [stack];
  const option = stack === undefined ? [] : ["--stack", stack];
  const keys = found.map(({ name, kind }) => {
    const key = LAGO_KEYS.find((one) => one.name === name) as LagoKey;
    const setting = sources[name] ?? key.setting;
    const step = inState.includes(name)
      ? `The stack's state has the old one. To use that again: ${zbl("unset", ...of, setting)}`
      : `Give the old one back: ${zbl("set", ...of, setting)}`;
    return [
      `  ${name} (${key.variables.at(-1)}) ${EXPLANATIONS[kind]}. With a different one ${key.loss}.`,
      `    ${step}`,
    ].join("\n");
  });
  const names = found.map(({ name }) => name);
  const allow = names.map((name) => zbl("set", ...of, "allowKeyChange", name));
  const password = names.includes("postgresPassword")
    ? [
        "  A new database password has to be set in the database first, with ALTER USER lago PASSWORD.",
      ]
    : [];
  const recover = ["--project", project, ...(stack === undefined ? ["--to-stdout"] : option)];
  return [
    `Project ${project} has data, and these keys would not fit it. Nothing was touched.`,
    ...keys,
    `All at once: \`${zbl("keys", "import", ...option)}\` gives back what \`${zbl("keys", "export", ...option)}\` saved.`,
    `Lost with the stack's state? While its containers are there, \`${zbl("keys", "recover", ...recover)}\` takes the keys from them.`,
    `To change keys on purpose and lose what is said above: ${allow.join("; ")} (on the command line: --allow-key-change ${names.join(" ")}).`,
    ...password,
    `To begin anew without the data: \`${zbl("down", "--project", project, "--remove-volumes", project)}\` DELETES ALL of it.`,
  ].join("\n");
}

/** Makes the error with the text of {@link keysChangedText}. */
export function keysChanged(project: string, found: readonly KeyDifference[]): DeployError {
  return new DeployError("KeysChanged", keysChangedText(project, found));
}
