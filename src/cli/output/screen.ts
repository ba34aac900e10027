/** Capabilities of an output stream. */
import { styleText } from "node:util";

type Environment = Readonly<Record<string, string | undefined>>;

/** An output stream of the process, as far as its capabilities matter. */
export interface OutputStream {
  readonly isTTY?: boolean;
  /** Width of a terminal in characters. */
  readonly columns?: number;
  write(text: string): unknown;
}

/** Colors in use, all of which dark and light terminals can show. */
export type Color = "red" | "green" | "yellow" | "dim" | "bold";

/** One output stream with its capabilities. */
export interface Screen {
  readonly stream: OutputStream;
  /** Whether the stream is a terminal that can move its cursor. */
  readonly isTerminal: boolean;
  /** Whether characters beyond ASCII can be shown. */
  readonly isUnicode: boolean;
  /** Current width in characters; undefined when lines may be of any length. */
  width(): number | undefined;
  /** Returns the text in a color, or unchanged without colors. */
  paint(color: Color, text: string): string;
}

/** Inspects an output stream and the environment of the process. */
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

/**
 * Whether to use colors: by `FORCE_COLOR` if set, else `NO_COLOR` (no-color.org), else the
 * terminal.
 */
export function showsColors(isTerminal: boolean, environment: Environment): boolean {
  const { FORCE_COLOR: force, NO_COLOR: no = "" } = environment;
  if (force !== undefined) {
    return force !== "0" && force !== "false";
  }
  return no === "" && isTerminal;
}

/**
 * Whether the locale is UTF-8, by the first variable that is set (locale(7)). Without any, Linux
 * means plain ASCII; macOS and Windows show Unicode anyway.
 */
export function isUnicode(environment: Environment, platform = process.platform): boolean {
  const { LC_ALL, LC_CTYPE, LANG } = environment;
  const locale = LC_ALL || LC_CTYPE || LANG;
  return locale === undefined || locale === ""
    ? platform === "darwin" || platform === "win32"
    : /utf-?8/i.test(locale);
}
