import { aptInstall, findApt } from "./apt.ts";
import { probe } from "./command.ts";
import type { SetupContext } from "./context.ts";
import { SetupFailure } from "./failure.ts";
import { isNewEnough } from "./version.ts";

/** Oldest Go that downloads a newer release by itself when a module requires one. */
const MINIMUM = "1.21.0";
const PLACES = ["go", "/usr/local/go/bin/go", "/usr/lib/go/bin/go"];

/**
 * Returns the Go program, installed with the system's packages when missing.
 *
 * @throws SetupFailure when Go is missing and the setup cannot install it
 */
export async function ensureGo(context: SetupContext): Promise<string> {
  const found = await findGo(context);
  if (found !== undefined) {
    return found;
  }
  const apt = await findApt();
  if ("reason" in apt) {
    throw new SetupFailure(
      `Go ${MINIMUM} or newer is needed to build what cannot be downloaded, and ${apt.reason}. ` +
        "Install it (https://go.dev/doc/install) and run the same command again.",
    );
  }
  context.report.detail("installing Go: it builds what cannot be downloaded");
  await aptInstall(context, apt, ["golang-go"], { name: "golang-go", minimum: MINIMUM });
  const installed = await findGo(context);
  if (installed === undefined) {
    throw new SetupFailure("Go was installed but does not run. `go version` should say why.");
  }
  return installed;
}

async function findGo(context: SetupContext): Promise<string | undefined> {
  for (const program of PLACES) {
    const version = await probe(context, {
      program,
      args: ["env", "GOVERSION"],
      timeoutMs: 30_000,
      environment: goEnvironment(context),
    });
    if (version !== undefined && isNewEnough(version, MINIMUM)) {
      return program;
    }
  }
  return undefined;
}

/**
 * The caller's own Go settings (proxy, caches, checksums), plus two settings for the builds: Go may
 * download the release that a module requires, and no C compiler is needed.
 */
export function goEnvironment(context: SetupContext): Record<string, string> {
  const own = Object.entries(context.env).filter(
    (entry): entry is [string, string] => entry[0].startsWith("GO") && entry[1] !== undefined,
  );
  return { GOTOOLCHAIN: "auto", ...Object.fromEntries(own), CGO_ENABLED: "0" };
}
