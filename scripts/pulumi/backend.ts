/** Pulumi's backend for the stacks of a run. */
import { readFile } from "node:fs/promises";
import { homedir, userInfo } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { SetupContext } from "../../setup/context.ts";
import { SetupFailure } from "../../setup/failure.ts";

/** A backend and who chose it. */
export interface Backend {
  /** URL of the backend; empty for Pulumi's own service, which an access token alone selects. */
  readonly url: string;
  readonly chosenBy: "PULUMI_BACKEND_URL" | "pulumi login" | "PULUMI_ACCESS_TOKEN" | "default";
}

/**
 * URL of files below the home folder, as for `pulumi login --local`. Pulumi reads the home from the
 * system's user list, regardless of HOME.
 */
export function localBackendUrl(home = homedir(), usersHome = userInfo().homedir): string {
  return home === usersHome ? "file://~" : pathToFileURL(home).href;
}

/**
 * Chooses the backend that the caller's environment or an earlier `pulumi login` names, or else
 * local files.
 *
 * @param loggedInTo current backend in Pulumi's credentials; empty for none
 */
export function chooseBackend(
  env: Readonly<Record<string, string | undefined>>,
  loggedInTo: string,
): Backend {
  if (env.PULUMI_BACKEND_URL) {
    return { url: env.PULUMI_BACKEND_URL, chosenBy: "PULUMI_BACKEND_URL" };
  }
  if (loggedInTo !== "") {
    return { url: loggedInTo, chosenBy: "pulumi login" };
  }
  if (env.PULUMI_ACCESS_TOKEN) {
    return { url: "", chosenBy: "PULUMI_ACCESS_TOKEN" };
  }
  return { url: localBackendUrl(), chosenBy: "default" };
}

/** Whether the stacks are in files of this machine, which a passphrase has to protect. */
export function isLocal(backend: Backend): boolean {
  return backend.url.startsWith("file:");
}

/**
 * Returns the backend of the last `pulumi login`; empty without one. Read from Pulumi's file
 * instead of `pulumi whoami`, which also fails when that backend is unreachable. A second
 * deployment in another backend would be the wrong answer to an unreachable one.
 */
export async function loggedInTo(context: SetupContext): Promise<string> {
  const path = join(context.pulumiHome, "credentials.json");
  const text = await readFile(path, "utf8").catch(() => "{}");
  try {
    const credentials = JSON.parse(text) as { current?: unknown };
    return typeof credentials.current === "string" ? credentials.current : "";
  } catch {
    throw new SetupFailure(
      `${path} is not valid JSON. Correct or remove the file; \`npm run pulumi -- login URL\` then writes it anew.`,
    );
  }
}
