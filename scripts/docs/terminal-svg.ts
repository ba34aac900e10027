/** Renders output of a terminal as an animated SVG without a script, which a README may embed. */
import xterm, { type IBufferLine } from "@xterm/headless";
import type { TerminalSize } from "../../testing/pty.ts";

/** A piece of output, and the milliseconds since the start of the program. */
export interface Written {
  readonly atMs: number;
  readonly output: string | Uint8Array;
}

const CHARACTER_WIDTH = 8.4;
const LINE_HEIGHT = 19;
const MARGIN = 16;
/** Minimum duration of a screen in milliseconds: a shorter one could not be read. */
const MIN_FRAME_MS = 300;
/** Duration of the last screen in milliseconds, before the first comes again. */
const LAST_FRAME_MS = 6_000;
/** Colors of a terminal, from black to white. */
const COLORS = "#6e7681 #ff7b72 #7ee787 #e3b341 #79c0ff #d2a8ff #56d4dd #e6edf3".split(" ");

/**
 * Renders the screens below each other, with one visible at a time. Without animation, and with
 * reduced motion, the last one is shown.
 */
export async function svgOf(written: readonly Written[], size: TerminalSize): Promise<string> {
  const frames = await framesOf(written, size);
  const [innerWidth, innerHeight] = [size.columns * CHARACTER_WIDTH, size.rows * LINE_HEIGHT];
  const [width, height] = [Math.ceil(innerWidth + 2 * MARGIN), innerHeight + 2 * MARGIN];
  const totalMs = Math.round((frames.at(-1)?.atMs ?? 0) + LAST_FRAME_MS);
  const show = (n: number) => `transform:translateY(${-n * innerHeight}px)`;
  const steps = frames.map(({ atMs }, n) => `${((atMs / totalMs) * 100).toFixed(2)}%{${show(n)}}`);
  const last = show(frames.length - 1);
  // Where nothing moves, as at npm and in a PDF, the attribute counts.
  const still = `translate(0 ${-(frames.length - 1) * innerHeight})`;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="A deployment starting on a terminal">
<style>text{font:14px ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;fill:#e6edf3}
.b{font-weight:bold}.d{opacity:.65}${COLORS.map((color, n) => `.c${n}{fill:${color}}`).join("")}
.f{animation:f ${totalMs}ms step-end infinite}@keyframes f{${steps.join("")}100%{${last}}}
@media (prefers-reduced-motion:reduce){.f{animation:none;${last}}}</style>
<rect width="${width}" height="${height}" rx="8" fill="#0d1117"/>
<clipPath id="c"><rect width="${innerWidth}" height="${innerHeight}"/></clipPath>
<g transform="translate(${MARGIN} ${MARGIN})" clip-path="url(#c)"><g class="f" transform="${still}">
${frames.map(({ text }, n) => `<g transform="translate(0 ${n * innerHeight})">\n${text}</g>\n`).join("")}</g></g></svg>
`;
}

async function framesOf(written: readonly Written[], { columns, rows }: TerminalSize) {
  // The screen's content is a proposed API of xterm.js.
  const terminal = new xterm.Terminal({ cols: columns, rows, allowProposedApi: true });
  const frames: { readonly atMs: number; readonly text: string }[] = [];
  for (const { atMs, output } of written) {
    await new Promise<void>((done) => terminal.write(output, done));
    const { active } = terminal.buffer;
    const lines = Array.from({ length: rows }, (_, row) => active.getLine(active.baseY + row));
    const text = lines.map(textOf).join("");
    const last = frames.at(-1);
    if (last !== undefined && atMs - last.atMs < MIN_FRAME_MS) {
      frames[frames.length - 1] = { atMs: last.atMs, text };
    } else if (last?.text !== text) {
      frames.push({ atMs, text });
    }
  }
  return frames;
}

/** Positions text between gaps separately, since fonts differ in the width of characters. */
function textOf(line: IBufferLine | undefined, row: number): string {
  const runs: { readonly column: number; readonly look: string; text: string }[] = [];
  for (let column = 0; column < (line?.length ?? 0); column += 1) {
    const cell = line?.getCell(column);
    const color = cell?.isFgPalette() ? `c${cell.getFgColor() % COLORS.length}` : "";
    const look = [color, cell?.isBold() ? "b" : "", cell?.isDim() ? "d" : ""].join(" ").trim();
    const last = runs.at(-1);
    if (last?.look !== look) {
      runs.push({ column, look, text: cell?.getChars() || " " });
    } else {
      last.text += cell?.getChars() || " ";
    }
  }
  const spans = runs.flatMap(({ column, look, text }) =>
    [...text.matchAll(/\S+(?: \S+)*/g)].map(({ 0: words, index }) => {
      const x = ((column + index) * CHARACTER_WIDTH).toFixed(1);
      const content = words.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
      return `<tspan x="${x}"${look && ` class="${look}"`}>${content}</tspan>`;
    }),
  );
  const y = ((row + 0.75) * LINE_HEIGHT).toFixed(1);
  return spans.length === 0 ? "" : `<text y="${y}">${spans.join("")}</text>\n`;
}
