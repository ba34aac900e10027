/** A terminal as far as this project's command line uses one. */

/** How characters look. */
export interface Look {
  readonly colour: "red" | "green" | "yellow" | undefined;
  readonly bold: boolean;
  readonly dim: boolean;
}

/** Characters that look the same. */
export interface Run extends Look {
  readonly text: string;
}

interface Cell {
  readonly character: string;
  readonly look: Look;
}

const PLAIN: Look = { colour: undefined, bold: false, dim: false };
const BLANK: Cell = { character: " ", look: PLAIN };

/** Sequences with parameters, and control characters; everything else is shown. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what a terminal is sent
const PARTS = /\x1b\[([?\d;]*)([A-Za-z])|([\r\n])|([^\x00-\x1f])/gu;

/** What stands on the lines of a terminal of a width, that has room for all of them. */
export class TerminalScreen {
  readonly #columns: number;
  readonly #lines: Cell[][] = [[]];
  #row = 0;
  #column = 0;
  #look: Look = PLAIN;

  constructor(columns: number) {
    this.#columns = columns;
  }

  /** Takes what a program writes; a sequence must be whole. */
  write(text: string): void {
    for (const [, parameters, letter, control, character] of text.matchAll(PARTS)) {
      if (letter !== undefined) {
        this.#obey(letter, parameters ?? "");
      } else if (control === "\r") {
        this.#column = 0;
      } else if (control === "\n") {
        this.#moveTo(this.#row + 1);
      } else if (character !== undefined) {
        if (this.#column === this.#columns) {
          this.#moveTo(this.#row + 1);
          this.#column = 0;
        }
        this.#line[this.#column] = { character, look: this.#look };
        this.#column += 1;
      }
    }
  }

  /** The lines, without blank ones at the end. */
  lines(): Run[][] {
    const lines = this.#lines.map(runsOf);
    return lines.slice(0, lines.findLastIndex((line) => line.length > 0) + 1);
  }

  get #line(): Cell[] {
    return this.#lines[this.#row] ?? [];
  }

  #moveTo(row: number): void {
    this.#row = Math.max(0, row);
    while (this.#lines.length <= this.#row) {
      this.#lines.push([]);
    }
  }

  #obey(letter: string, parameters: string): void {
    const count = Number(parameters) || 1;
    switch (letter) {
      case "A":
        this.#moveTo(this.#row - count);
        break;
      case "B":
        this.#moveTo(this.#row + count);
        break;
      case "G":
        this.#column = count - 1;
        break;
      case "K":
        this.#line.length = parameters === "2" ? 0 : Math.min(this.#line.length, this.#column);
        break;
      case "m":
        this.#look = parameters.split(";").reduce(lookAfter, this.#look);
        break;
    }
  }
}

function lookAfter(look: Look, parameter: string): Look {
  switch (Number(parameter)) {
    case 0:
      return PLAIN;
    case 1:
      return { ...look, bold: true };
    case 2:
      return { ...look, dim: true };
    case 22:
      return { ...look, bold: false, dim: false };
    case 31:
      return { ...look, colour: "red" };
    case 32:
      return { ...look, colour: "green" };
    case 33:
      return { ...look, colour: "yellow" };
    case 39:
      return { ...look, colour: undefined };
    default:
      return look;
  }
}

function runsOf(cells: readonly Cell[]): Run[] {
  const runs: Run[] = [];
  for (const { character, look } of Array.from(cells, (cell) => cell ?? BLANK)) {
    const last = runs.at(-1);
    if (last !== undefined && sameLook(last, look)) {
      runs[runs.length - 1] = { ...last, text: last.text + character };
    } else {
      runs.push({ ...look, text: character });
    }
  }
  return runs.every(({ text }) => text.trim() === "") ? [] : runs;
}

function sameLook(a: Look, b: Look): boolean {
  return a.colour === b.colour && a.bold === b.bold && a.dim === b.dim;
}
