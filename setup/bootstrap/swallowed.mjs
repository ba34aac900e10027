/**
 * Options that npm kept for itself. `npm run destroy --stack=prod` starts the script without any
 * argument, and the script would destroy the default stack. Only `npm_config_stack` shows the
 * option that was typed.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { OPTIONS } from "./npm-options.mjs";
import { NAMING, retyped } from "./retyped.mjs";

/**
 * Explains why a script must not run: npm kept options that the script understands.
 *
 * @param script file name in `scripts`, without extension
 * @param args arguments that npm passed on
 * @param env environment that npm made
 * @returns the problem and the command to type instead; undefined when npm kept nothing
 */
export function swallowedOptions(script, args, env) {
  const kept = keptByNpm(script, args, env);
  if (kept.length === 0) {
    return undefined;
  }
  const each = (text) => [...new Set(kept.map(({ name }) => text(name)))].join(" and ");
  return (
    `npm kept ${each((name) => `--${name}`)} for itself, so nothing was started. ` +
    `Options stand behind --:\n    ${retyped(script, args, kept)}\n` +
    `    If the option was not typed, remove ${each(variableOf)} from the environment or .npmrc.`
  );
}

/**
 * Lists the options with their values. A flag, and an option whose value npm passed on, has none.
 */
function keptByNpm(script, args, env) {
  return (OPTIONS[script] ?? []).flatMap((name) => {
    const value = env[variableOf(name)];
    if (value === undefined || isPassedOn(name, value, args) || isFromFile(name, env)) {
      return [];
    }
    const isFlag = value === "true" || value === "";
    return isFlag ? [{ name }] : value.split("\n\n").map((one) => ({ name, value: one }));
  });
}

/** Name of an option's variable. npm sets an empty `npm_config_select` for `--no-select`. */
function variableOf(name) {
  return `npm_config_${name.replace(/^no-/, "").replaceAll("-", "_")}`;
}

/** Whether the script also gets the option: an outer npm may have left its variable behind. */
function isPassedOn(name, value, args) {
  return args.some(
    (word, index) =>
      word === `--${name}=${value}` ||
      (word === `--${name}` && ["true", "", args[index + 1]].includes(value)),
  );
}

/**
 * Whether an npmrc file sets the option. Options that name the deployment count even from a file.
 */
function isFromFile(name, env) {
  const { npm_config_userconfig: user, npm_config_globalconfig: all } = env;
  const folder = env.npm_config_local_prefix;
  const files = [user, all, folder && join(folder, ".npmrc")];
  return !(name in NAMING) && files.some((file) => file && namesIn(file).has(name));
}

function namesIn(file) {
  try {
    const lines = readFileSync(file, "utf8").split("\n");
    return new Set(lines.map((line) => line.split("=", 1)[0].trim()));
  } catch {
    return new Set();
  }
}
