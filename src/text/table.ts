/** Layout of a table. */
export interface TableLayout {
  /** Width of a line in characters, 1 or more. Defaults to unlimited. */
  readonly maxWidth?: number | undefined;
  /**
   * Numbers of the columns to shorten, and at last to leave out, so that lines fit; in this order.
   * First their cells take shorter forms, then they are cut.
   */
  readonly givesWay?: readonly number[];
  /** Numbers of columns that are never cut: they show a form as a whole, or are left out. */
  readonly whole?: readonly number[];
  /** Character at the end of a cell that was cut. Defaults to `~`. */
  readonly cut?: string;
  /** Colors a cell with its padding. Row -1 is the header. Defaults to no color. */
  readonly paint?: (cell: string, row: number, column: number) => string;
}

/** A cell, or its forms, each shorter than the one before. */
export type TableCell = string | readonly string[];

const GAP = "  ";

/** Smallest width of a shortened column, in characters. */
const MIN_WIDTH = 8;

/**
 * Lays rows out in columns, two spaces apart, with no space at the end of a line and no line longer
 * than `maxWidth`.
 */
export function table(
  header: readonly string[],
  rows: readonly (readonly TableCell[])[],
  layout: TableLayout = {},
): string {
  const { maxWidth = Number.POSITIVE_INFINITY, cut = "~", paint = (cell) => cell } = layout;
  const all = fittingForms(
    [header, ...rows].map((row) => header.map((_, column) => formsOf(row[column]))),
    maxWidth,
    layout.givesWay ?? [],
  );
  const widths = fittingWidths(widthsOf(all), maxWidth, layout);
  const columns = [...widths.keys()].filter((column) => widths[column] !== undefined);
  return all
    .map((row, n) => {
      const shown = columns.map((column) => shorten(row[column] ?? [], widths[column] ?? 0, cut));
      const last = shown.findLastIndex((cell) => cell !== "");
      return shown
        .slice(0, last + 1)
        .map((cell, place) => {
          const column = columns[place] ?? 0;
          const padding = place === last ? 0 : (widths[column] ?? 0) - [...cell].length;
          return paint(cell, n - 1, column) + " ".repeat(padding);
        })
        .join(GAP);
    })
    .join("\n");
}

/** Characters of a text. */
type Characters = readonly string[];

/** Forms of a cell as characters, the longest first. */
function formsOf(cell: TableCell | undefined): Characters[] {
  return [cell ?? ""].flat().map((form) => [...form]);
}

/** Picks one form for all cells of a column: the longest with which lines fit, or the shortest. */
function fittingForms(
  rows: readonly (readonly Characters[][])[],
  maxWidth: number,
  givesWay: readonly number[],
): Characters[][] {
  const picked = new Map<number, number>();
  const shown = () =>
    rows.map((row) =>
      row.map((forms, column) => forms[picked.get(column) ?? 0] ?? forms.at(-1) ?? []),
    );
  const most = Math.max(...rows.flat().map((forms) => forms.length));
  for (let form = 1; form < most; form += 1) {
    for (const column of givesWay) {
      if (lineWidth(widthsOf(shown())) > maxWidth) {
        picked.set(column, form);
      }
    }
  }
  return shown();
}

function widthsOf(rows: readonly Characters[][]): number[] {
  return (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => row[column]?.length ?? 0)),
  );
}

function lineWidth(widths: readonly (number | undefined)[]): number {
  const kept = widths.filter((width) => width !== undefined);
  return kept.reduce((sum, width) => sum + width, GAP.length * (kept.length - 1));
}

/** Returns the width of each column; undefined for one that is left out. */
function fittingWidths(
  wanted: readonly number[],
  maxWidth: number,
  { givesWay = [], whole = [] }: TableLayout,
): (number | undefined)[] {
  const widths: (number | undefined)[] = [...wanted];
  const tooMuch = () => lineWidth(widths) - maxWidth;
  for (const column of givesWay.filter((one) => !whole.includes(one))) {
    const width = widths[column] ?? 0;
    widths[column] = Math.max(Math.min(width, MIN_WIDTH), width - Math.max(0, tooMuch()));
  }
  for (const column of givesWay) {
    if (tooMuch() > 0) {
      widths[column] = undefined;
    }
  }
  // Columns that must not be shortened are cut at the right edge.
  for (let column = widths.length - 1; column >= 0 && tooMuch() > 0; column -= 1) {
    const left = (widths[column] ?? 0) - tooMuch();
    widths[column] = left > 0 ? left : undefined;
  }
  return widths;
}

function shorten(cell: Characters, width: number, cut: string): string {
  return cell.length <= width ? cell.join("") : cell.slice(0, width - 1).join("") + cut;
}
