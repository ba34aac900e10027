/** What an output can show. */
import { styleText } from "node:util";

type Environment = Readonly<Record<string, string | undefined>>;

/** An output of the process, as far as it matters what is on its other side. */
export interface OutputStream {
  readonly isTTY?: boolean;
  /** Width of a terminal in characters. */
  readonly columns?: number;
  write(text: string): unknown;
}

/** The colors that are used, all of which a dark and a light terminal can show. */
export type Color = "red" | "green" | "yellow" | "dim" | "bold";

/** One output with what it can show. */
export interface Screen {
  readonly stream: OutputStream;
  /** Whether a person watches a terminal that can move its cursor. */
  readonly isTerminal: boolean;
  /** Whether characters beyond ASCII can be shown. */
  readonly isUnicode: boolean;
  /** Width in characters at this moment; undefined where lines may be of any length. */
  width(): number | undefined;
  /** The text in a color, or as it is where there are none. */
  paint(color: Color, text: string): string;
}

/** Looks at an output and the environment of the process. */
export function screenOf(stream: OutputStream, environment: Environment): Screen {
  const isTerminal = stream.isTTY === true && environment.TERM !== "dumb";
  const colored = showsColors(isTerminal, environment);
  return {
    stream,
    isTerminal,
    isUnicode: isUnicode(environment),
    width: () => (stream.isTTY === true ? stream.columns || undefined : undefined),
    paint: (color, text) => (colored ? styleText(color, text, { validateStream: false }) : text),
  };
}

/** `FORCE_COLOR` decides where it is set, else `NO_COLOR` (no-color.org), else the terminal. */
export function showsColors(isTerminal: boolean, environment: Environment): boolean {
  const { FORCE_COLOR: force, NO_COLOR: no = "" } = environment;
  if (force !== undefined) {
    return force !== "0" && force !== "false";
  }
  return no === "" && isTerminal;
}

/**
 * Whether the locale says UTF-8, by the variable that counts first (locale(7)). Where none is set,
 * Linux means plain ASCII; macOS and Windows show Unicode all the same.
 */
export function isUnicode(environment: Environment, platform = process.platform): boolean {
  const { LC_ALL, LC_CTYPE, LANG } = environment;
  const locale = LC_ALL || LC_CTYPE || LANG;
  return locale === undefined || locale === ""
    ? platform === "darwin" || platform === "win32"
    : /utf-?8/i.test(locale);
}
