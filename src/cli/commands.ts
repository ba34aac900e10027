import { volumeRemovalIssues, volumesToRemove } from "../config/volume-removal.ts";
import { deploy } from "../deployment/deploy.ts";
import { statusWithImages } from "../deployment/images.ts";
import type { LagoDeploymentOptions } from "../deployment/options.ts";
import type { DeployStatus } from "../deployment/status.ts";
import { Timings } from "../deployment/timings.ts";
import { invalidConfig } from "../errors.ts";
import type { Session } from "./session.ts";
import { statusText } from "./status-text.ts";
import {
  SPEC_VARIABLE,
  type TargetOptions,
  targetDeployment,
  targetProject,
  targetSpec,
} from "./target.ts";

interface JsonOption {
  readonly json?: boolean;
}

interface TimingsOption {
  readonly timings?: boolean;
}

/** Has every `up` tell where its time went, as `--timings` does, when it is 1. */
const TIMINGS_VARIABLE = "Z_BILLING_LAGO_TIMINGS";

interface DownOptions {
  /** The project whose volumes go too. */
  readonly removeVolumes?: string;
  /** What used to remove the volumes of whatever project was meant. */
  readonly volumes?: boolean;
}

export async function upCommand(
  session: Session,
  options: TargetOptions & JsonOption & TimingsOption,
): Promise<void> {
  // Pulumi shows lines, whatever it runs on.
  const isWatched = session.screens.stderr.isTerminal && !session.environment[SPEC_VARIABLE];
  const name = targetSpec(options, session.environment).projectName;
  await withTimings(session, options, async (timings) => {
    const start = async (calls: Calls) =>
      deploy(await targetDeployment(options, session.environment, { ...calls, timings }));
    const status =
      isWatched && options.json !== true
        ? await (await import("./up-live.ts")).watchedStart(session, name, start)
        : await start(callsOf(session));
    printStatus(session, name, status, options);
  });
}

export async function pullCommand(session: Session, options: TargetOptions & JsonOption) {
  const { environment } = session;
  const deployment = await targetDeployment(options, environment, callsOf(session));
  await deployment.pull();
  printDone(session, deployment.project.name, "has its images", options);
}

export async function downCommand(
  session: Session,
  options: TargetOptions & JsonOption & DownOptions,
): Promise<void> {
  const spec = targetSpec(options, session.environment);
  const project = targetProject(options, session.environment, callsOf(session));
  if (options.volumes === true) {
    const message = `is gone, since it did not say whose data: write --remove-volumes ${project.name}`;
    throw invalidConfig([{ field: "--volumes", message }]);
  }
  const issues = volumeRemovalIssues("--remove-volumes", project.name, options.removeVolumes);
  if (issues.length > 0) {
    throw invalidConfig(issues);
  }
  const removeVolumesOf = options.removeVolumes ?? volumesToRemove(spec.removeVolumesOnDestroy);
  const { running } = await project.status();
  await project.stop({ removeVolumesOf });
  const isKept = removeVolumesOf === undefined;
  const data = isKept
    ? "its volumes are kept and can only be read with its keys"
    : "its data is removed";
  if (running && isKept && options.json === true) {
    // Pulumi shows this and not the result. It forgets the keys when all of the stack is destroyed.
    session.output.note(
      `project ${project.name}: its volumes are kept. Keep its keys too: without them the data cannot be read`,
    );
  }
  printDone(session, project.name, `is down, ${data}`, options);
}

export async function restartCommand(
  session: Session,
  services: readonly string[],
  options: TargetOptions & JsonOption,
): Promise<void> {
  const project = targetProject(options, session.environment, callsOf(session));
  await project.restart(services);
  printDone(session, project.name, "is restarted", options);
}

export async function statusCommand(
  session: Session,
  options: TargetOptions & JsonOption & { readonly watch?: boolean; readonly interval: number },
): Promise<void> {
  const project = targetProject(options, session.environment, callsOf(session));
  if (options.watch === true) {
    const { watchStatus } = await import("./status-watch.ts");
    await watchStatus(session, project, options);
    return;
  }
  const status = await statusWithImages(project, session.signal);
  printStatus(session, project.name, status, options);
}

interface LogsOptions {
  readonly tail: number;
  readonly since?: string;
  readonly follow?: boolean;
}

export async function logsCommand(
  session: Session,
  services: readonly string[],
  options: TargetOptions & JsonOption & LogsOptions,
): Promise<void> {
  const { tail, since } = options;
  const project = targetProject(options, session.environment, callsOf(session));
  if (options.follow === true) {
    const { followLogsCommand } = await import("./logs-follow.ts");
    await followLogsCommand(session, project, { services, tail, since }, options.json === true);
    return;
  }
  const logs = await project.logs(services, tail, since);
  session.output.result(
    options.json === true ? JSON.stringify({ project: project.name, logs }) : logs.trimEnd(),
  );
}

/** Tells where the time went, also of an operation that fails. */
async function withTimings(
  { output, environment }: Session,
  options: TimingsOption,
  work: (timings: Timings | undefined) => Promise<void>,
): Promise<void> {
  // The variable is for Pulumi, whose commands have constant texts.
  if (options.timings !== true && environment[TIMINGS_VARIABLE] !== "1") {
    return work(undefined);
  }
  // Since the process began: what Node takes to load the program is a part of it.
  const timings = new Timings(0);
  timings.mark("program");
  try {
    await work(timings);
  } finally {
    output.note(timings.text());
  }
}

type Calls = Pick<LagoDeploymentOptions, "signal" | "onProgress" | "onLook">;

function callsOf({ signal, output }: Session): Pick<Calls, "signal" | "onProgress"> {
  return { signal, onProgress: ({ message }) => output.note(message) };
}

function printStatus(session: Session, name: string, status: DeployStatus, options: JsonOption) {
  session.output.result(
    options.json === true
      ? JSON.stringify({ project: name, ...status })
      : statusText(name, status, session.screens.stdout),
  );
}

function printDone(session: Session, name: string, what: string, options: JsonOption): void {
  session.output.result(
    options.json === true
      ? JSON.stringify({ project: name, done: true })
      : `Project ${name} ${what}.`,
  );
}
