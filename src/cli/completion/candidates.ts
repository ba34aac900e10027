/** Words that may follow on a command line, from the program's own commands and options. */
import type { Command, Option } from "commander";

/** One possible word. */
export interface Candidate {
  readonly value: string;
  readonly description: string;
}

/** Possible words that the program knows, and the kind of names to ask the engine for. */
export interface Candidates {
  readonly known: readonly Candidate[];
  /** Kind of names that only a running engine knows. */
  readonly names?: "projects" | "services" | "stacks";
  /** Values of the options on the line, by name, such as `--project`. */
  readonly given?: ReadonlyMap<string, string>;
}

/** Arguments that are the name of a service. */
const SERVICE = "service";

/** Arguments that are the name of a stack. */
const STACK = "stack";

const NOTHING: Candidates = { known: [] };

/**
 * Lists the words that may replace the last word.
 *
 * @param words words after the program's name, the word at the cursor last; that word may be empty
 */
export function candidates(program: Command, words: readonly string[]): Candidates {
  // Bash splits `--project=lago-dev` into three words.
  const all = words.filter((word, n) => word !== "=" || n === words.length - 1);
  const current = (all.at(-1) ?? "").replace(/^=$/, "");
  const found = placeOf(program, all.slice(0, -1));
  if (found === undefined) {
    return NOTHING;
  }
  const { command, option, given, positionals } = found;
  const begins = ({ value }: Candidate) => value.startsWith(current);
  if (option !== undefined) {
    const { known, ...names } = valuesOf(option);
    return { ...names, known: known.filter(begins), given };
  }
  if (current.startsWith("-")) {
    return { known: optionsOf(command).filter(begins) };
  }
  if (command.commands.length > 0) {
    return { known: subcommandsOf(command).filter(begins) };
  }
  const { registeredArguments } = command;
  const argument =
    registeredArguments[positionals] ?? registeredArguments.findLast(({ variadic }) => variadic);
  if (argument?.name() === SERVICE) {
    return { known: [], names: "services", given };
  }
  if (argument?.name() === STACK) {
    return { known: [], names: "stacks", given };
  }
  const known = (argument?.argChoices ?? []).map((value) => ({ value, description: "" }));
  return { known: known.filter(begins) };
}

interface Place {
  readonly command: Command;
  /** Option whose value is at the cursor. */
  readonly option: Option | undefined;
  /** Values of options, by long name. */
  readonly given: ReadonlyMap<string, string>;
  /** Number of the command's arguments before the cursor. */
  readonly positionals: number;
}

/**
 * Finds the command at the cursor; undefined behind `--`, where the words belong to another
 * program.
 */
function placeOf(program: Command, words: readonly string[]): Place | undefined {
  let command = program;
  let option: Option | undefined;
  const given = new Map<string, string>();
  let positionals = 0;
  for (const word of words) {
    if (option !== undefined && !word.startsWith("-")) {
      given.set(option.long ?? "", word);
      option = option.variadic ? option : undefined;
      continue;
    }
    option = undefined;
    if (word === "--") {
      return undefined;
    }
    if (word.startsWith("-")) {
      const [name = "", value] = word.split(/=(.*)/s);
      const known = command.options.find(({ short, long }) => name === short || name === long);
      if (value !== undefined) {
        given.set(known?.long ?? name, value);
      } else if (known?.required || known?.optional) {
        option = known;
      }
      continue;
    }
    const next = command.commands.find((one) => namesOfCommand(one).includes(word));
    if (next === undefined) {
      positionals += 1;
    } else {
      command = next;
    }
  }
  return { command, option, given, positionals };
}

const NAMES_OF_OPTIONS: Readonly<Record<string, Candidates["names"]>> = {
  "--project": "projects",
  "--stack": "stacks",
};

function valuesOf({ long, argChoices = [] }: Option): Candidates {
  const names = NAMES_OF_OPTIONS[long ?? ""];
  return names !== undefined
    ? { known: [], names }
    : { known: argChoices.map((value) => ({ value, description: "" })) };
}

function optionsOf(command: Command): Candidate[] {
  return command
    .createHelp()
    .visibleOptions(command)
    .flatMap(({ long, description }) => (long ? [{ value: long, description }] : []));
}

function subcommandsOf(command: Command): Candidate[] {
  return command
    .createHelp()
    .visibleCommands(command)
    .flatMap((one) =>
      namesOfCommand(one).map((value) => ({ value, description: one.description() })),
    );
}

function namesOfCommand(command: Command): string[] {
  return [command.name(), ...command.aliases()];
}
