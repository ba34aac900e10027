/** `open`: opens the front in a browser. */

import { runningContainerWithRole } from "../../deployment/exec.ts";
import { DeployError } from "../../errors.ts";
import { readEnvironments } from "../../observe/container-environments.ts";
import { frontUrl } from "../../ports/front-url.ts";
import type { CommandContext } from "../command-context.ts";
import { listOf, locatedTarget } from "../located-target.ts";
import type { NamedTarget } from "../named-target.ts";
import { targetProject } from "../target-project.ts";

interface OpenOptions extends NamedTarget {
  readonly print?: boolean;
  readonly json?: boolean;
}

/**
 * Opens the front's URL in the browser, and prints it. Without a display the URL is only printed.
 *
 * @param openUrl opens a URL. Defaults to the desktop's own program.
 * @throws DeployError of kind `ServiceNotFound`, `NotReady` or `InvalidConfig`
 */
export async function openCommand(
  context: CommandContext,
  stack: string | undefined,
  named: OpenOptions,
  openUrl: (url: string) => Promise<unknown> = openInBrowser,
): Promise<void> {
  const { environment, output, signal } = context;
  const { options } = await locatedTarget(context, named, listOf(stack), "no others");
  const project = await targetProject(options, environment, { signal });
  const container = await runningContainerWithRole(project, "front");
  const environments = await readEnvironments(project.name, project.engine, signal);
  const told = environments.map(([, variables]) => variables.LAGO_FRONT_URL).find(Boolean);
  const url = requireWebUrl(project.name, frontUrl(told, container.ports, project.engine));
  const opened = options.print !== true && hasDisplay(environment) && (await tried(url, openUrl));
  output.result(
    options.json === true ? JSON.stringify({ project: project.name, url, opened }) : url,
  );
}

/** Returns the URL if it is a web address: nothing else may reach a program of the desktop. */
function requireWebUrl(project: string, url: string | undefined): string {
  if (url !== undefined && /^https?:\/\/\S+$/.test(url) && URL.canParse(url)) {
    return url;
  }
  throw new DeployError(
    "InvalidConfig",
    `The URL of the front of project ${project} is unknown: the front publishes no port, and LAGO_FRONT_URL of its containers is no http:// or https:// address. Set \`frontUrl\`.`,
  );
}

/**
 * Whether a browser can be shown. On Linux a display server must be set; other systems always have
 * a display.
 */
export function hasDisplay(
  { DISPLAY, WAYLAND_DISPLAY, WSL_DISTRO_NAME }: CommandContext["environment"],
  platform = process.platform,
): boolean {
  return platform !== "linux" || Boolean(DISPLAY || WAYLAND_DISPLAY || WSL_DISTRO_NAME);
}

async function tried(url: string, openUrl: (url: string) => Promise<unknown>): Promise<boolean> {
  try {
    await openUrl(url);
    return true;
  } catch {
    // The URL is printed anyway, and a person can open it.
    return false;
  }
}

async function openInBrowser(url: string): Promise<void> {
  const { default: open } = await import("open");
  await open(url);
}
