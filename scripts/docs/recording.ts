/**
 * Records the picture of `up` in the README. It really deploys Lago on a pseudo-terminal, with
 * stand-ins if no image registry answers, and removes it again.
 *
 * node scripts/docs/recording.ts [FILE [PROJECT]]
 *
 * FILE defaults to docs/up.svg, PROJECT to lago-demo.
 */
import { writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { setUp } from "../../setup/all.ts";
import type { SetupContext } from "../../setup/context.ts";
import { SetupFailure } from "../../setup/failure.ts";
import { withoutOk } from "../../setup/report.ts";
import { ComposeProject } from "../../src/deployment/project.ts";
import { newKeys } from "../../src/keys/new-keys.ts";
import { LAGO_KEYS, variableOfKey } from "../../src/lago/lago-keys.ts";
import { inheritedEnvironment } from "../../src/process/environment.ts";
import { follow } from "../../src/process/follow.ts";
import { volumesOf } from "../../src/stacks/standing.ts";
import { onTerminal } from "../../testing/pty.ts";
import { runScript } from "../lib/entry.ts";

import { svgOf, type Written } from "./terminal-svg.ts";

const SIZE = { columns: 100, rows: 18 };
/** Deadline in milliseconds: a first start may pull images. */
const DEADLINE_MS = 900_000;

await runScript(async (context) => {
  const [, , given = join(context.root, "docs", "up.svg"), name = "lago-demo"] = process.argv;
  const file = resolve(given);
  await setUp({ ...context, report: withoutOk(context.report) }, ["docker", "images"]);
  const project = new ComposeProject(name, { signal: context.signal });
  const { containers } = await project.status();
  if (
    containers.length > 0 ||
    (await volumesOf({ projectName: name, engine: project.engine }, context.signal)).length > 0
  ) {
    throw new SetupFailure(
      `There is a project ${name} on this host, and it is left alone: remove it with \`npm run cli -- down --project ${name} --remove-volumes ${name}\` if nobody needs it.`,
    );
  }
  context.report.doing(`Project ${name}: starting it on a terminal of ${SIZE.columns} columns`);
  try {
    const written = await record(context, name);
    await writeFile(file, await svgOf(written, SIZE));
    context.report.ok(`${file} shows it`);
    return 0;
  } finally {
    await new ComposeProject(name).stop({ removeVolumesOf: name });
  }
});

/** Records the typed command and its output. */
async function record(context: SetupContext, project: string): Promise<Written[]> {
  const args = ["up", "--project", project, "--api-port", "auto", "--front-port", "auto"];
  const cli = [process.execPath, join(context.root, "src", "cli", "bin.ts"), ...args];
  const written: Written[] = [
    { atMs: 0, output: `\u001b[2m$\u001b[22m z-billing-lago ${args.join(" ")}\r\n` },
  ];
  const startedMs = performance.now();
  const { exitCode } = await follow(...onTerminal(cli, SIZE), {
    env: await environment(),
    signal: AbortSignal.any([context.signal, AbortSignal.timeout(DEADLINE_MS)]),
    onOutput: (chunk) => {
      written.push({ atMs: performance.now() - startedMs, output: Uint8Array.from(chunk) });
    },
  });
  if (exitCode !== 0) {
    const said = written.map(({ output }) => Buffer.from(output).toString()).join("");
    throw new Error(`${args.join(" ")} ended with ${exitCode ?? "the signal"}:\n${said}`);
  }
  return written;
}

/** Environment with new keys, and a terminal with colors and UTF-8. */
async function environment(): Promise<Record<string, string>> {
  const keys = await newKeys();
  return {
    ...inheritedEnvironment(),
    LAGO_DISABLE_SIGNUP: "true",
    ...Object.fromEntries(LAGO_KEYS.map((key) => [variableOfKey(key), keys[key.name]])),
    LANG: "C.UTF-8",
    LC_ALL: "C.UTF-8",
    TERM: "xterm-256color",
  };
}
