/** The stack that a command line for Pulumi itself is about. Pure. */

/** Commands about a stack, with those of their subcommands that are not. */
const ABOUT_A_STACK: Readonly<Record<string, readonly string[]>> = {
  cancel: [],
  config: [],
  destroy: [],
  down: [],
  import: [],
  logs: [],
  pre: [],
  preview: [],
  refresh: [],
  stack: ["init", "ls", "rm", "select", "unselect"],
  state: [],
  up: [],
  update: [],
  watch: [],
};

/** Options of Pulumi whose value is the next word. */
const WITH_VALUE = new Set(["-C", "--cwd", "-s", "--stack", "--color", "--config-file", "-v"]);

/** Stack and program of a command line for Pulumi. */
export interface PulumiCommandLine {
  /** Whether the command is about a stack that the command line does not name. */
  readonly isAboutSelected: boolean;
  /** Folder of the program; undefined for the current one. */
  readonly folder: string | undefined;
}

/** Reads the arguments of `pulumi`. */
export function readCommandLine(args: readonly string[]): PulumiCommandLine {
  const words: string[] = [];
  let folder: string | undefined;
  let isNamed = false;
  for (let i = 0; i < args.length; i++) {
    const [name = "", inline] = (args[i] ?? "").split(/=(.*)/s, 2);
    if (!name.startsWith("-")) {
      words.push(args[i] ?? "");
      continue;
    }
    const value = inline ?? (WITH_VALUE.has(name) ? args[++i] : undefined);
    isNamed ||= name === "-s" || name === "--stack" || name === "-h" || name === "--help";
    folder = name === "-C" || name === "--cwd" ? value : folder;
  }
  const [command = "", subcommand = ""] = words;
  const others = Object.hasOwn(ABOUT_A_STACK, command) ? ABOUT_A_STACK[command] : undefined;
  return {
    isAboutSelected: !isNamed && others !== undefined && !others.includes(subcommand),
    folder,
  };
}
