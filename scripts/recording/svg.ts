/** Frames of a terminal as a picture that moves, without a script, as a README may show it. */
import type { Frame } from "./frames.ts";
import type { TerminalSize } from "./on-terminal.ts";
import type { Run } from "./screen.ts";

const CHARACTER_WIDTH = 8.4;
const LINE_HEIGHT = 19;
const MARGIN = 16;

/** How long the last frame stands before the first comes again, in milliseconds. */
const LAST_FRAME_MS = 6_000;

const COLOURS = { red: "#ff7b72", green: "#7ee787", yellow: "#e3b341" } as const;

const STYLE = [
  "text{font:14px ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;fill:#e6edf3;white-space:pre}",
  ".b{font-weight:bold}",
  ".d{opacity:.65}",
  ...Object.entries(COLOURS).map(([name, colour]) => `.${name}{fill:${colour}}`),
];

/**
 * The frames above each other, of which the picture shows one at a time. Whoever wants no motion sees
 * the last one.
 */
export function svgOf(frames: readonly Frame[], { columns, rows }: TerminalSize): string {
  const width = Math.ceil(columns * CHARACTER_WIDTH + 2 * MARGIN);
  const frameHeight = rows * LINE_HEIGHT;
  const height = frameHeight + 2 * MARGIN;
  const startMs = frames[0]?.atMs ?? 0;
  const totalMs = Math.round((frames.at(-1)?.atMs ?? 0) - startMs + LAST_FRAME_MS);
  const steps = frames.map(({ atMs }, n) => {
    const percent = (((atMs - startMs) / totalMs) * 100).toFixed(2);
    return `${percent}%{transform:translateY(${-n * frameHeight}px)}`;
  });
  const end = -(frames.length - 1) * frameHeight;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="A deployment starting on a terminal">`,
    `<style>${STYLE.join("")}`,
    `.f{animation:f ${totalMs}ms step-end infinite}@keyframes f{${steps.join("")}100%{transform:translateY(${end}px)}}`,
    `@media (prefers-reduced-motion:reduce){.f{animation:none;transform:translateY(${end}px)}}</style>`,
    `<rect width="${width}" height="${height}" rx="8" fill="#0d1117"/>`,
    `<clipPath id="c"><rect width="${width - 2 * MARGIN}" height="${frameHeight}"/></clipPath>`,
    `<g transform="translate(${MARGIN} ${MARGIN})" clip-path="url(#c)"><g class="f">`,
    ...frames.flatMap(({ lines }, n) =>
      lines.slice(-rows).flatMap((line, row) => {
        const y = n * frameHeight + row * LINE_HEIGHT + LINE_HEIGHT * 0.75;
        return line.length === 0 ? [] : [textOf(line, y)];
      }),
    ),
    "</g></g></svg>",
    "",
  ].join("\n");
}

/** Each run at its own place: fonts differ in how wide a sign is. */
function textOf(line: readonly Run[], y: number): string {
  let column = 0;
  const spans = line.flatMap((run) => {
    const x = (column * CHARACTER_WIDTH).toFixed(1);
    column += [...run.text].length;
    const text = run.text.trimEnd();
    if (text === "") {
      return [];
    }
    const indent = text.length - text.trimStart().length;
    const at = (Number(x) + indent * CHARACTER_WIDTH).toFixed(1);
    return [`<tspan x="${at}"${classesOf(run)}>${escapeXml(text.trimStart())}</tspan>`];
  });
  return `<text y="${y.toFixed(1)}">${spans.join("")}</text>`;
}

function classesOf({ colour, bold, dim }: Run): string {
  const classes = [...(colour ? [colour] : []), ...(bold ? ["b"] : []), ...(dim ? ["d"] : [])];
  return classes.length === 0 ? "" : ` class="${classes.join(" ")}"`;
}

function escapeXml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
