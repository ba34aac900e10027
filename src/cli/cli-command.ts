import { Command, type ErrorOptions, type ParseOptionsResult } from "commander";
import { UsageError } from "./usage-error.ts";

/** Near match at the end of commander's messages, on a line of its own. */
const NEAR_MATCH = /\n\((Did you mean .*\?)\)$/;

/** A command of the command line. Wrong usage throws a {@link UsageError} and prints nothing. */
export class CliCommand extends Command {
  /** Number of operands before the words that belong to another program. */
  #ownOperands: number | undefined;

  override createCommand(name?: string): CliCommand {
    return new CliCommand(name);
  }

  /**
   * Leaves all words behind the first operands to another program, as `docker compose exec` does:
   * `exec api ls -l` needs no `--` before `ls`.
   */
  leavesWordsAfter(operands: number): this {
    this.#ownOperands = operands;
    return this;
  }

  override parseOptions(args: string[]): ParseOptionsResult {
    const end = this.#ownOperands === undefined ? -1 : this.#operandAt(args, this.#ownOperands);
    return super.parseOptions(end === -1 ? args : args.toSpliced(end, 0, "--"));
  }

  override error(message: string, { code }: ErrorOptions = {}): never {
    const command: string[] = [];
    for (let one: Command = this; one.parent !== null; one = one.parent) {
      command.unshift(one.name());
    }
    const text = message.replace(/^error: /, "").replace(NEAR_MATCH, ". $1");
    const isUnknownCommand = code === "commander.unknownCommand";
    throw new UsageError(text, { command, args: this.args, isUnknownCommand });
  }

  /** Place of the operand with this number, from 0; -1 where there is none before a `--`. */
  #operandAt(args: readonly string[], number: number): number {
    let operands = 0;
    for (let place = 0; place < args.length && args[place] !== "--"; place += 1) {
      const word = args[place] ?? "";
      if (word.startsWith("-") && word !== "-") {
        place += this.#takesNextWord(word) ? 1 : 0;
      } else if (operands === number) {
        return place;
      } else {
        operands += 1;
      }
    }
    return -1;
  }

  /** Whether the value of an option is the next word: not in `--user=root`, `-uroot` or `-it`. */
  #takesNextWord(word: string): boolean {
    const valued = (name: string) =>
      this.options.some(({ short, long, required }) => required && [short, long].includes(name));
    if (word.startsWith("--")) {
      return valued(word);
    }
    const letters = [...word.slice(1)];
    return letters.findIndex((letter) => valued(`-${letter}`)) === letters.length - 1;
  }
}
