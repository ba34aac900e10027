import { quoted } from "./quoted.mjs";

/** Options that name the deployment, each with the placeholder for a missing value. */
export const NAMING = { stack: "NAME", project: "NAME" };

/** Beginning of a command by script, where that is not `npm run SCRIPT --`. */
const STARTS = { start: "npm start --", cli: "./zbl" };

/** Commands with a subcommand: `keys export`, `config set`. */
const GROUPS = new Set(["keys", "pipeline", "config", "stack", "state"]);

/**
 * Writes a command with its options where npm passes them on. `…` stands for words whose order npm
 * lost.
 *
 * @param script file name in `scripts`, without extension
 * @param args arguments that npm passed on
 * @param kept options that npm kept; of `--stack prod` npm passes on `prod`, and the option has no
 * value
 */
export function retyped(script, args, kept) {
  const start = STARTS[script] ?? `npm run ${script} --`;
  const words = args.filter((word) => word !== "--");
  const open = kept.filter(({ value }) => value === undefined);
  const isStackScript = script === "start" || script === "destroy";
  const command = isStackScript ? 0 : GROUPS.has(words[0]) ? 2 : words[0] === undefined ? 0 : 1;
  if (open.length > 1 && words.length > command) {
    return `${start} …`;
  }
  const parts = isStackScript
    ? behindTwo(words, kept)
    : [...words.slice(0, command).map(quoted), ...inOrder(kept, restOf(script, words, command))];
  return [start, ...parts].join(" ");
}

/**
 * Arguments after the command. The value for `pulumi config set` is left out: it may be a secret.
 */
function restOf(script, words, command) {
  const rest = words.slice(command);
  return script === "pulumi" && words[0] === "config" && rest.length > 0 ? ["…"] : rest.map(quoted);
}

/**
 * Arguments for Pulumi: `--stack` belongs to the script, Pulumi's own options follow a second `--`.
 */
function behindTwo(words, kept) {
  const at = words.findIndex((word) => /^--stack(=|$)/.test(word));
  const own = at === -1 ? [] : words.splice(at, words[at] === "--stack" ? 2 : 1).map(quoted);
  const stacks = kept.filter(({ name }) => name === "stack");
  const others = kept.filter(({ name }) => name !== "stack");
  const value = stacks.some((one) => one.value === undefined) && !words[0]?.startsWith("-");
  const named = [...own, ...inOrder(stacks, value ? words.splice(0, 1).map(quoted) : [])];
  const rest = inOrder(others, words.map(quoted));
  return rest.length > 0 ? [...named, "--", ...rest] : named;
}

/** Options with values first, then an option without one, whose value may be the next word. */
function inOrder(kept, words) {
  const given = kept.filter(({ value }) => value !== undefined);
  const open = kept.filter(({ value }) => value === undefined);
  return [
    ...given.flatMap(({ name, value }) => [`--${name}`, quoted(value)]),
    ...open.flatMap(({ name }) =>
      words.length === 0 && name in NAMING ? [`--${name}`, NAMING[name]] : [`--${name}`],
    ),
    ...words,
  ];
}
