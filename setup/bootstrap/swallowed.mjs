/**
 * Options that npm kept for itself. `npm run destroy --stack=prod` starts the script without any
 * argument, and the script would destroy the default stack: only `npm_config_stack` tells what was typed.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { OPTIONS } from "./npm-options.mjs";
import { NAMING, retyped } from "./retyped.mjs";

/**
 * Why a script must not run: npm kept options that the script understands.
 *
 * @param script file name in `scripts`, without its ending
 * @param args arguments that npm passed on
 * @param env environment that npm made
 * @returns what happened and the command to type instead; undefined when npm kept nothing
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

/** The options, each with its value; a flag, and an option whose value went elsewhere, has none. */
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

/** npm writes `--no-select` down as an empty `npm_config_select`. */
function variableOf(name) {
  return `npm_config_${name.replace(/^no-/, "").replaceAll("-", "_")}`;
}

/** Whether the script is given the same option: an outer npm may have left its variable behind. */
function isPassedOn(name, value, args) {
  return args.some(
    (word, index) =>
      word === `--${name}=${value}` ||
      (word === `--${name}` && ["true", "", args[index + 1]].includes(value)),
  );
}

/** Whether an npmrc file sets the option. One that names the deployment is meant for the script even there. */
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
