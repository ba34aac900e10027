import { MIN_COMPOSE_VERSION, MIN_ENGINE_API } from "../src/docker/version.ts";
import { ProcessFailure } from "../src/process/failure.ts";
import { execute } from "./command.ts";
import type { SetupContext } from "./context.ts";
import { installDocker } from "./docker-install.ts";
import { findDockerd, startEngine } from "./dockerd.ts";
import { SetupFailure } from "./failure.ts";
import { isNewEnough } from "./version.ts";

/** State of `docker`, its engine and compose. */
interface DockerState {
  /** Whether the docker program is installed. */
  readonly client: boolean;
  /** Version of the engine's API; undefined when no engine answers. */
  readonly engineApi: string | undefined;
  /** Docker's error message when no engine answers. */
  readonly refusal: string;
  readonly compose: string | undefined;
}

/**
 * Ensures a Docker engine that answers, and compose. Installs and starts missing parts when
 * allowed.
 *
 * @throws SetupFailure with instructions otherwise
 */
export async function ensureDocker(context: SetupContext): Promise<void> {
  let state = await askDocker(context);
  if (needsStart(state)) {
    refuseForeignEngine(context, state);
    if (!state.client || findDockerd() === undefined) {
      await installDocker(context, "the engine", "it runs Lago's services");
    }
    state = await askDocker(context);
  }
  if (needsStart(state)) {
    await startEngine(context, async () => !needsStart(await askDocker(context)));
    state = await askDocker(context);
  }
  requireEngine(state);
  if (!isNewEnough(state.compose ?? "", MIN_COMPOSE_VERSION)) {
    const found = state.compose === undefined ? "it is missing" : `this is ${state.compose}`;
    await installDocker(context, "compose", `${MIN_COMPOSE_VERSION} or newer is needed, ${found}`);
    state = await askDocker(context);
  }
  if (!isNewEnough(state.compose ?? "", MIN_COMPOSE_VERSION)) {
    throw new SetupFailure(
      `Docker Compose ${MIN_COMPOSE_VERSION} or newer is needed; this is ${state.compose ?? "none"}. ` +
        "Install it (https://docs.docker.com/compose/install) and run the same command again.",
    );
  }
  context.report.ok(`Docker engine (API ${state.engineApi}) and compose ${state.compose}`);
}

function needsStart(state: DockerState): boolean {
  return state.engineApi === undefined;
}

/** Refuses to install over a remote engine, or an engine that this user may not use. */
function refuseForeignEngine(context: SetupContext, state: DockerState): void {
  if (/permission denied/i.test(state.refusal)) {
    throw new SetupFailure(
      "The Docker engine runs, but this user may not use it. Join its group " +
        "(`sudo usermod -aG docker $USER`, then log in again; the group is as mighty as root) and run the same command again.",
    );
  }
  const elsewhere = context.env.DOCKER_HOST ?? context.env.DOCKER_CONTEXT;
  if (elsewhere) {
    throw new SetupFailure(
      `The Docker engine at ${elsewhere} (DOCKER_HOST or DOCKER_CONTEXT) does not answer:\n    ${state.refusal}\n` +
        "Start it, or unset the variable to use one on this machine.",
    );
  }
}

function requireEngine(state: DockerState): void {
  if (!isNewEnough(state.engineApi ?? "", MIN_ENGINE_API)) {
    throw new SetupFailure(
      `The Docker engine speaks API ${state.engineApi}; ${MIN_ENGINE_API} (Docker 25) or newer is needed. ` +
        "Upgrade it (https://docs.docker.com/engine/install) and run the same command again; " +
        "the set-up leaves an engine that is in use alone.",
    );
  }
}

async function askDocker(context: SetupContext): Promise<DockerState> {
  const [engine, compose] = await Promise.all([
    ask(context, ["version", "--format", "{{.Server.APIVersion}}"]),
    ask(context, ["compose", "version", "--short"]),
  ]);
  return {
    client: !engine.missing,
    engineApi: engine.answer,
    refusal: engine.refusal,
    compose: compose.answer,
  };
}

interface Answer {
  readonly answer?: string;
  readonly refusal: string;
  readonly missing: boolean;
}

async function ask(context: SetupContext, args: readonly string[]): Promise<Answer> {
  try {
    const result = await execute(context, { program: "docker", args, timeoutMs: 15_000 });
    const answer = result.exitCode === 0 ? result.stdout.trim() : "";
    const refusal = result.stderr.trim();
    return { ...(answer === "" ? {} : { answer }), refusal, missing: false };
  } catch (error) {
    if (!(error instanceof ProcessFailure) || error.kind === "canceled") {
      throw error;
    }
    return { refusal: error.message, missing: error.kind === "not-found" };
  }
}
