/** `up` on a terminal: a table that follows the services. */
import type { LagoDeploymentOptions } from "../../deployment/options.ts";
import { cleanText } from "../../text/clean.ts";
import type { CommandContext } from "../command-context.ts";
import { LiveServices } from "../output/live-services.ts";
import { liveText } from "../output/live-text.ts";

/** How often the seconds are shown anew. */
const TICK_MS = 200;

/**
 * Runs a start and shows where each service stands meanwhile. What is told of the services one by one
 * stands in the table; all else is written above it. When the start fails, the table stays.
 */
export async function watchedStart<T>(
  { output, screens, signal }: CommandContext,
  projectName: string,
  start: (
    calls: Pick<LagoDeploymentOptions, "signal" | "onProgress" | "onStatusPoll">,
  ) => Promise<T>,
): Promise<T> {
  const screen = screens.stderr;
  const live = await liveText(screen);
  const services = new LiveServices(projectName);
  let isShown = false;
  const draw = () => {
    const text = services.text(performance.now(), screen);
    if (text !== undefined) {
      isShown = true;
      live.show(text);
    }
  };
  const timer = setInterval(draw, TICK_MS);
  try {
    const result = await start({
      signal,
      onProgress: ({ message, service }) => {
        if (!isShown) {
          output.note(message);
        } else if (service === undefined) {
          live.above(cleanText(message));
        }
      },
      onStatusPoll: (look) => {
        services.look(look, performance.now());
        draw();
      },
    });
    if (screens.stdout.isTerminal) {
      // The result says the same, and more.
      live.clear();
    } else {
      live.keep();
    }
    return result;
  } catch (error) {
    live.keep();
    throw error;
  } finally {
    clearInterval(timer);
  }
}
