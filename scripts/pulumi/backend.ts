/** Where Pulumi keeps the stacks of a run. */
import { readFile } from "node:fs/promises";
import { homedir, userInfo } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { SetupContext } from "../../setup/context.ts";
import { SetupFailure } from "../../setup/failure.ts";

/** A backend and who chose it. */
export interface Backend {
  /** Empty for Pulumi's own service, as an access token alone chooses it. */
  readonly url: string;
  readonly chosenBy: "PULUMI_BACKEND_URL" | "pulumi login" | "PULUMI_ACCESS_TOKEN" | "default";
}

/**
 * Keeps the stacks in files below the home folder, as `pulumi login --local` does. Pulumi takes `~`
 * for the home that the system's list of users names, whatever HOME says.
 */
export function localBackendUrl(home = homedir(), usersHome = userInfo().homedir): string {
  return home === usersHome ? "file://~" : pathToFileURL(home).href;
}

/**
 * The backend that the caller's environment or an earlier `pulumi login` names, else local files.
 *
 * @param loggedInTo what Pulumi's credentials name as the current backend; empty for none
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

/** Whether the stacks lie in files of this machine, which a passphrase has to protect. */
export function isLocal(backend: Backend): boolean {
  return backend.url.startsWith("file:");
}

/**
 * The backend that the last `pulumi login` chose; empty when there was none. Read from Pulumi's file
 * and not asked of `pulumi whoami`, which fails just the same when that backend is out of reach:
 * a second deployment in another backend would be the wrong answer to that.
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
