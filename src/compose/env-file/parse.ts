/**
 * The one reader of `.env` files, equal to the one of docker compose 2.26. Later releases give the
 * same values, except that they fill a default in only where they use it.
 */
import { type ConfigIssue, invalidConfig } from "../../errors.ts";
import { type Lookup, substitute } from "../template.ts";
import { decodeEnvFile } from "./decode.ts";
import { takeQuoted, unescaped } from "./quoted.ts";
import { Scanner, withoutSpaceBehind } from "./scanner.ts";

/** One variable that a line of the file sets. */
export interface EnvAssignment {
  /** Name; empty for a last line that is only a name and has no line end. */
  readonly name: string;
  readonly value: string;
  /** Line on which it begins, the first being 1. */
  readonly line: number;
  /** Variables that the value refers to. */
  readonly references: readonly string[];
  /** Variables that the value refers to without a default, and that are not set. */
  readonly unset: readonly string[];
}

/** Contents of a `.env` file. */
export interface EnvFile {
  /** Values by name. Of several lines with one name the last one counts. */
  readonly variables: Readonly<Record<string, string>>;
  readonly assignments: readonly EnvAssignment[];
}

/**
 * Parses a `.env` file. A line with a name and no `=` takes the value of the environment, and sets
 * nothing where the environment has none.
 *
 * @param file path of the file, for messages
 * @param lookup the environment, which counts more than earlier lines of the file. Defaults to an
 *   empty one
 * @throws DeployError of kind `InvalidConfig` with the line that compose refuses
 */
export function parseEnvFile(
  bytes: Uint8Array,
  file: string,
  lookup: Lookup = () => undefined,
): EnvFile {
  const scanner = new Scanner(decodeEnvFile(bytes, file));
  const set = new Map<string, string>();
  const assignments: EnvAssignment[] = [];
  for (scanner.skipToStatement(); !scanner.isAtEnd; scanner.skipToStatement()) {
    const { line } = scanner;
    const fail = (message: string) => invalidConfig([lineIssue(file, line, message)]);
    const { name, isInherited } = takeName(scanner, fail);
    const references: string[] = [];
    const unset: string[] = [];
    const value = isInherited
      ? lookup(name)
      : takeValue(scanner, name, {
          fail,
          lookup: (one) => {
            references.push(one);
            return lookup(one) ?? set.get(one);
          },
          unset: (one) => unset.push(one),
        });
    if (value !== undefined) {
      set.set(name, value);
      assignments.push({ name, value, line, references, unset });
    }
  }
  return { variables: Object.fromEntries(set), assignments };
}

/** Makes the issue of a line. */
export function lineIssue(file: string, line: number, message: string): ConfigIssue {
  return { field: `${file} line ${line}`, message };
}

type Fail = (message: string) => Error;

function takeName(scanner: Scanner, fail: Fail): { name: string; isInherited: boolean } {
  scanner.skipExport();
  if (scanner.isAtEnd) {
    throw fail("has export without a name; write export NAME=VALUE, or remove the line");
  }
  const start = scanner.at;
  const name = withoutSpaceBehind(scanner.takeName());
  const { next } = scanner;
  if (next === "") {
    // Compose takes a last line without `=` and without a line end for the value of no name.
    scanner.at = start;
    return { name: "", isInherited: false };
  }
  if (!["=", ":", "\n"].includes(next)) {
    throw fail(
      `has ${JSON.stringify(String.fromCodePoint(scanner.text.codePointAt(scanner.at) ?? 0))} in the name of a variable; write NAME=VALUE, and the value in quotes where it has several lines`,
    );
  }
  if (name.includes(" ")) {
    throw fail("has a space in the name of a variable; write NAME=VALUE");
  }
  scanner.at += 1;
  return { name, isInherited: next === "\n" };
}

interface ValueContext {
  readonly fail: Fail;
  readonly lookup: Lookup;
  readonly unset: (name: string) => void;
}

function takeValue(scanner: Scanner, name: string, context: ValueContext): string {
  scanner.skipBlanks();
  const { next } = scanner;
  if (next !== "'" && next !== '"') {
    const [value = ""] = scanner.takeLine().split(" #", 1);
    return filledIn(withoutSpaceBehind(value), name, context);
  }
  const value = takeQuoted(scanner);
  if (value === undefined) {
    throw context.fail(`has no closing ${next} for the value of ${name}; add one`);
  }
  return next === "'" ? value : filledIn(unescaped(value), name, context);
}

function filledIn(value: string, name: string, { fail, lookup, unset }: ValueContext): string {
  return substitute(value, lookup, {
    unset,
    malformed: () => {
      throw fail(
        `has a \${ that begins no variable in the value of ${name}; put the value in single quotes, or write $$ for $`,
      );
    },
    required: (missing, message) => {
      throw fail(
        `requires ${missing} for the value of ${name}${message === "" ? "" : ` (${message})`}; set ${missing} in an earlier line`,
      );
    },
  });
}
