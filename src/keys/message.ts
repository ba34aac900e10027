import { DeployError } from "../errors.ts";
import { LAGO_KEYS, type LagoKey } from "../lago/lago-keys.ts";
import type { KeyDifference } from "./key-differences.ts";

const EXPLANATIONS: Readonly<Record<KeyDifference["kind"], string>> = {
  other: "is another one than the data was made with",
  missing: "is not given, but the data was made with one",
  added: "is given, but the data was made with the compose file's own default",
  unproven: "is not given, and a new one would not be the one that the data was made with",
};

/**
 * Explains that keys do not fit the data: which ones, the possible loss, and the next steps. Names
 * keys and never shows one.
 */
export function keysChangedText(project: string, found: readonly KeyDifference[]): string {
  const keys = found.map(({ name, kind }) => {
    const key = LAGO_KEYS.find((one) => one.name === name) as LagoKey;
    return [
      `  ${name} (${key.variables.at(-1)}) ${EXPLANATIONS[kind]}. With another one ${key.loss}.`,
      `    Give the old one back: pulumi config set --secret ${key.configArguments}`,
    ].join("\n");
  });
  const names = found.map(({ name }) => name);
  const list = names.map((name, index) => `--path 'allowKeyChange[${index}]' ${name}`);
  const password = names.includes("postgresPassword")
    ? [
        "  A new database password has to be set in the database first, with ALTER USER lago PASSWORD.",
      ]
    : [];
  return [
    `Project ${project} has data, and these keys would not fit it. Nothing was touched.`,
    ...keys,
    "All at once: `z-billing-lago keys import` gives back what `z-billing-lago keys export` saved.",
    `Lost with the stack's state? While its containers are there, \`z-billing-lago keys recover --project ${project} --stack NAME\` takes the keys from them.`,
    `To change keys on purpose and lose what is said above: ${list.map((one) => `pulumi config set ${one}`).join("; ")} (on the command line: --allow-key-change ${names.join(" ")}).`,
    ...password,
    `To begin anew without the data: \`z-billing-lago down --project ${project} --remove-volumes ${project}\` DELETES ALL of it.`,
  ].join("\n");
}

/** Makes the error with the text of {@link keysChangedText}. */
export function keysChanged(project: string, found: readonly KeyDifference[]): DeployError {
  return new DeployError("KeysChanged", keysChangedText(project, found));
}
