/**
 * Records the picture of `npm start` in the README. It really deploys Lago on a pseudo-terminal, with
 * stand-ins if no image registry answers, and removes it again. The steps of the set-up, which differ
 * from machine to machine, are left out.
 *
 * node scripts/docs/recording.ts [FILE [PROJECT]]
 *
 * FILE defaults to docs/up.svg. The stack is the `dev` of this checkout, in a backend of its own. Another
 * PROJECT than lago-dev gets ports that are free.
 */
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { setUp } from "../../setup/all.ts";
import type { SetupContext } from "../../setup/context.ts";
import { SetupFailure } from "../../setup/failure.ts";
import { withoutOk } from "../../setup/report.ts";
import { ComposeProject } from "../../src/deployment/project.ts";
import { follow } from "../../src/process/follow.ts";
import { volumesOf } from "../../src/stacks/standing.ts";
import { onTerminal } from "../../testing/pty.ts";
import { runScript } from "../lib/entry.ts";
import { openPulumi } from "../pulumi/session.ts";
import { svgOf, type Written } from "./terminal-svg.ts";

const SIZE = { columns: 100, rows: 24 };
/** Deadline in milliseconds: a first start may pull images. */
const DEADLINE_MS = 900_000;
/** Note on other projects of this machine, which are no part of the picture. */
const OTHER_PROJECTS = /project \S+ starts empty\.[\s\S]*?set projectName(\r\n)?/;
/** Stack of the picture, and its compose project. */
const STACK = "dev";
const OWN_PROJECT = "lago-dev";
const PROJECT = process.argv[3] ?? OWN_PROJECT;
/** Config of the stack under the name of another project. */
const CONFIG = `config:
  z-billing-lago:projectName: ${PROJECT}
  z-billing-lago:ports: { api: auto, front: auto }
`;

await runScript(async (context) => {
  const file = resolve(process.argv[2] ?? join(context.root, "docs", "up.svg"));
  const quiet = { ...context, report: withoutOk(context.report) };
  await setUp(quiet, ["pulumi", "plugin", "docker", "images"]);
  const project = new ComposeProject(PROJECT, { signal: context.signal });
  const { containers } = await project.status();
  const volumes = await volumesOf({ projectName: PROJECT, engine: {} }, context.signal);
  if (containers.length + volumes.length > 0) {
    throw new SetupFailure(
      `There is a project ${PROJECT} on this host, and it is left alone: remove it with \`./zbl down --project ${PROJECT} --remove-volumes ${PROJECT}\` if nobody needs it.`,
    );
  }
  context.report.doing(`Stack ${STACK}: starting it on a terminal of ${SIZE.columns} columns`);
  // Pulumi writes the salt of the backend's passphrase into the stack's config.
  const config = join(context.root, `Pulumi.${STACK}.yaml`);
  const plain = await readFile(config);
  const backend = await mkdtemp(join(tmpdir(), "z-billing-lago-recording-"));
  try {
    if (PROJECT !== OWN_PROJECT) {
      await writeFile(config, CONFIG);
    }
    const written = await record(quiet, backend);
    await writeFile(file, await svgOf(written, SIZE));
    context.report.ok(`${file} shows it`);
    return 0;
  } finally {
    await new ComposeProject(PROJECT).stop({ removeVolumesOf: PROJECT });
    await writeFile(config, plain);
    await rm(backend, { recursive: true, force: true });
  }
});

/** Records the typed command and its output. */
async function record(context: SetupContext, backend: string): Promise<Written[]> {
  const written: Written[] = [{ atMs: 0, output: "\u001b[2m$\u001b[22m npm start\r\n" }];
  const startedMs = performance.now();
  const program = [process.execPath, "--input-type=module", "--eval", deployProgram(context)];
  const { exitCode } = await follow(...onTerminal(program, SIZE), {
    cwd: context.root,
    env: await environment(context, backend),
    signal: AbortSignal.any([context.signal, AbortSignal.timeout(DEADLINE_MS)]),
    onOutput: (chunk) => {
      const output = Buffer.from(chunk.toString("latin1").replace(OTHER_PROJECTS, ""), "latin1");
      written.push({ atMs: performance.now() - startedMs, output });
    },
  });
  if (exitCode !== 0) {
    const said = written.map(({ output }) => Buffer.from(output).toString()).join("");
    throw new Error(`npm start ended with ${exitCode ?? "the signal"}:\n${said}`);
  }
  return written;
}

/** Program that deploys the stack as `npm start` does after its set-up. */
function deployProgram({ root }: SetupContext): string {
  const from = (path: string) => JSON.stringify(pathToFileURL(join(root, path)).href);
  return `
    import { deployStackCommand } from ${from("src/cli/commands/deploy-stack.ts")};
    import { processContext } from ${from("src/cli/process-context.ts")};
    const { signal } = new AbortController();
    const context = processContext({ signal, environment: process.env });
    const options = { stack: ${JSON.stringify(STACK)}, create: true };
    process.exitCode = await deployStackCommand(context, options);`;
}

/** Environment with a backend of its own, and a terminal with colors and UTF-8. */
async function environment(
  context: SetupContext,
  backend: string,
): Promise<Record<string, string>> {
  const own = { PULUMI_BACKEND_URL: `file://${backend}`, PULUMI_CONFIG_PASSPHRASE: "recording" };
  const { env } = await openPulumi({ ...context, env: { ...context.env, ...own } });
  return { ...env, LANG: "C.UTF-8", LC_ALL: "C.UTF-8", TERM: "xterm-256color" };
}
