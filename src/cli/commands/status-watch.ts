/** `status --watch`: the status again and again. */
import type { ComposeProject } from "../../deployment/project.ts";
import type { DeployStatus } from "../../deployment/status.ts";
import type { WantedService } from "../../deployment/wanted-services.ts";
import { DeployError } from "../../errors.ts";
import { pause } from "../../process/async.ts";
import { type CommandContext, runUntilInterrupted } from "../command-context.ts";
import { liveText } from "../output/live-text.ts";
import { errorText } from "../output/output.ts";
import { statusText } from "../output/status-text.ts";

/** How the status is watched. */
export interface WatchOptions {
  /** Seconds between two looks. */
  readonly interval: number;
  readonly json?: boolean;
}

/** Shows what was seen, or why nothing could be. */
interface View {
  readonly status: (status: DeployStatus) => Promise<void> | void;
  readonly failure: (text: string) => void;
  readonly end: () => void;
}

/**
 * Looks at a project until somebody ends it: on a terminal in one place, elsewhere each time that
 * something has changed. An engine that does not answer is waited for.
 *
 * @param wanted services that should have containers. Defaults to those that the containers imply
 */
export async function watchStatus(
  context: CommandContext,
  project: ComposeProject,
  options: WatchOptions,
  wanted?: readonly WantedService[],
): Promise<void> {
  const onTerminal = context.screens.stdout.isTerminal && options.json !== true;
  const view = onTerminal
    ? await liveView(context, project.name, options)
    : plainView(context, project.name, options);
  await runUntilInterrupted(context, async (signal) => {
    while (!signal.aborted) {
      await look(project, view, wanted);
      await pause(options.interval * 1_000, signal);
    }
  });
  view.end();
}

async function look(
  project: ComposeProject,
  view: View,
  wanted: readonly WantedService[] | undefined,
): Promise<void> {
  try {
    await view.status(await project.status(wanted));
  } catch (error) {
    if (!DeployError.isDeployError(error) || error.kind !== "DaemonUnreachable") {
      throw error;
    }
    view.failure(errorText(error));
  }
}

async function liveView(
  { screens: { stdout: screen } }: CommandContext,
  name: string,
  { interval }: WatchOptions,
): Promise<View> {
  const live = await liveText(screen);
  const footer = `Every ${interval} s. Ctrl-C ends it.`;
  const fitting = (text: string) =>
    text
      .split("\n")
      .map((line) => line.slice(0, screen.width()))
      .join("\n");
  const show = (text: string) => live.show(`${text}\n\n${screen.paint("dim", fitting(footer))}`);
  return {
    status: (status) => show(statusText(name, status, screen)),
    failure: (text) => show(screen.paint("red", fitting(text))),
    end: () => live.keep(),
  };
}

function plainView(
  { output, screens }: CommandContext,
  name: string,
  { json }: WatchOptions,
): View {
  let last: string | undefined;
  const isNews = (text: string) => {
    const before = last;
    last = text;
    return text !== before;
  };
  return {
    status: async (status) => {
      const line = JSON.stringify({ project: name, ...status });
      const isFirst = last === undefined;
      if (isNews(line)) {
        const text = `${isFirst ? "" : "\n"}${statusText(name, status, screens.stdout)}`;
        await output.stream(`${json === true ? line : text}\n`);
      }
    },
    failure: (text) => {
      if (isNews(text)) {
        output.note(text);
      }
    },
    end: () => {},
  };
}
