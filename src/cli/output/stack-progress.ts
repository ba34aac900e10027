/** Progress of a deploy: a table of its services on a terminal, lines elsewhere. */
import type { PlannedDeployment } from "../../pipeline/deployments.ts";
import type { ProgressView } from "../../stacks/context.ts";
import { cleanText } from "../../text/clean.ts";
import type { CommandContext } from "../command-context.ts";
import { LiveServices } from "./live-services.ts";
import { liveText } from "./live-text.ts";

/** Interval of showing the seconds anew, in milliseconds. */
const TICK_MS = 200;

/** Lines that tell of no progress: pulls have lines of their own, and nobody touched the service. */
const NO_PROGRESS = /: looking for missing images$|^\S+: .* after 0\.0 s$/;

/** Makes the view of a deploy. */
export async function stackProgress(
  context: CommandContext,
  deployments: readonly PlannedDeployment[],
): Promise<ProgressView> {
  return context.screens.stderr.isTerminal && deployments.length > 0
    ? await tableOf(context, deployments)
    : linesOf(context);
}

function linesOf({ output }: CommandContext): ProgressView {
  return {
    isTable: false,
    line: (text) => {
      if (!NO_PROGRESS.test(text)) {
        output.note(text);
      }
    },
    look: () => {},
    close: () => {},
  };
}

/** Shows the services of each project in a table. Other lines stand above. */
async function tableOf(
  { screens, output }: CommandContext,
  deployments: readonly PlannedDeployment[],
): Promise<ProgressView> {
  const screen = screens.stderr;
  const live = await liveText(screen);
  const tables = new Map(
    deployments.map(({ projectName }) => [projectName, new LiveServices(projectName)]),
  );
  const services = new Set(deployments.flatMap((one) => one.services.map(({ name }) => name)));
  let isShown = false;
  const draw = () => {
    const now = performance.now();
    const texts = [...tables.values()].flatMap((table) => table.text(now, screen) ?? []);
    if (texts.length > 0) {
      isShown = true;
      live.show(texts.join("\n\n"));
    }
  };
  const timer = setInterval(draw, TICK_MS);
  return {
    isTable: true,
    line: (text) => {
      // The table tells what becomes of the services.
      if (services.has(text.slice(0, text.indexOf(":")))) {
        return;
      }
      if (isShown) {
        live.above(cleanText(text));
      } else {
        output.note(text);
      }
    },
    look: (projectName, poll) => {
      tables.get(projectName)?.look(poll, performance.now());
      draw();
    },
    close: (end) => {
      clearInterval(timer);
      if (end === "stopped" || (end === "done" && screens.stdout.isTerminal)) {
        // The message that follows says the same, and more.
        live.clear();
      } else {
        live.keep();
      }
    },
  };
}
