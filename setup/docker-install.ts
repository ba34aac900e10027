import { MIN_COMPOSE_VERSION } from "../src/docker/version.ts";
import { aptInstall, findApt } from "./apt.ts";
import type { SetupContext } from "./context.ts";
import { dockerPackages } from "./debian.ts";
import { SetupFailure } from "./failure.ts";

/** Oldest engine with the required API: Docker 25. */
const MIN_ENGINE = "25.0.0";

/**
 * Installs Docker's engine and compose with the system's packages.
 *
 * @param part missing part
 * @param reason why the part is needed
 * @throws SetupFailure when the setup may not install packages, or the installation fails
 */
export async function installDocker(
  context: SetupContext,
  part: "the engine" | "compose",
  reason: string,
): Promise<void> {
  const apt = await findApt();
  if ("reason" in apt) {
    const page = part === "compose" ? "compose/install" : "engine/install";
    throw new SetupFailure(
      `Docker: ${part} is missing (${reason}), and ${apt.reason}. ` +
        `Install it (https://docs.docker.com/${page}) and run the same command again.`,
    );
  }
  context.report.doing(`Docker: ${part} is missing; ${reason}. Installing it with apt`);
  const packages = dockerPackages(apt.family);
  if (part === "compose") {
    const [name = ""] = packages.compose;
    await aptInstall(context, apt, packages.compose, { name, minimum: MIN_COMPOSE_VERSION });
    return;
  }
  await aptInstall(context, apt, [...packages.engine, ...packages.compose], {
    name: "docker.io",
    minimum: MIN_ENGINE,
  });
}
