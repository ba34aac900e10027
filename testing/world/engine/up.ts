/** `docker compose up`, on the modeled engine. */
import { isOneShot, makeContainer, type ResolvedService, startContainer } from "./container.ts";
import type { EngineState, Misbehaviors, ModeledContainer } from "./state.ts";

/** A compose project with variables filled in. */
export interface ResolvedProject {
  readonly name: string;
  readonly services: Readonly<Record<string, ResolvedService>>;
  readonly volumes?: Readonly<Record<string, { readonly name?: string } | null>>;
}

/** Result of an `up`. */
export interface UpResult {
  readonly state: EngineState;
  /** Error output of compose; empty on success. */
  readonly failure: string;
}

/**
 * Creates missing containers, recreates changed ones, starts stopped ones, and runs one-shots
 * again, dependencies first. A service whose dependency failed is not started.
 */
export function up(
  state: EngineState,
  project: ResolvedProject,
  hashes: ReadonlyMap<string, string>,
  misbehaviors: Misbehaviors,
): UpResult {
  const volumeNames = Object.fromEntries(
    Object.entries(project.volumes ?? {}).map(([key, volume]) => [
      key,
      volume?.name ?? `${project.name}_${key}`,
    ]),
  );
  const others = state.containers.filter((one) => projectOf(one) !== project.name);
  const own = state.containers.filter((one) => projectOf(one) === project.name);
  const containers = new Map(own.map((one) => [serviceOf(one), one]));
  let { made } = state;
  let failure = "";
  for (const service of inOrder(project.services)) {
    const definition = project.services[service] ?? {};
    const configHash = hashes.get(service) ?? "";
    const before = containers.get(service);
    let container = before;
    if (hashOf(before) !== configHash) {
      made += 1;
      const { name } = project;
      container = makeContainer({
        ...{ project: name, service, definition, configHash, volumeNames },
        number: made,
      });
    }
    const reason = waitsForFailed(definition, containers);
    failure ||= reason;
    const runs = container?.State.Status === "running";
    if (container !== undefined && reason === "" && !runs) {
      made += 1;
      container = startContainer(container, made, misbehaviors[service] ?? {});
    }
    if (container !== undefined) {
      containers.set(service, container);
    }
  }
  const images = Object.values(project.services).map(({ image = "" }) => image);
  const volumes = Object.values(volumeNames).map((name) => ({
    name,
    labels: { "com.docker.compose.project": project.name },
  }));
  return {
    state: {
      containers: [...others, ...containers.values()],
      images: [...new Set([...state.images, ...images])],
      volumes: [
        ...state.volumes,
        ...volumes.filter(({ name }) => !state.volumes.some((one) => one.name === name)),
      ],
      networks: [...new Set([...state.networks, `${project.name}_default`])],
      made,
    },
    failure,
  };
}

/** Returns the service of a container. */
export function serviceOf({ Config }: ModeledContainer): string {
  return Config.Labels["com.docker.compose.service"] ?? "";
}

/** Returns the project of a container. */
export function projectOf({ Config }: ModeledContainer): string {
  return Config.Labels["com.docker.compose.project"] ?? "";
}

function hashOf(container: ModeledContainer | undefined): string | undefined {
  return container?.Config.Labels["com.docker.compose.config-hash"];
}

/** Compose's message about a failed dependency; empty without one. */
function waitsForFailed(
  { depends_on: dependencies }: ResolvedService,
  containers: ReadonlyMap<string, ModeledContainer>,
): string {
  for (const [name, { condition }] of Object.entries(dependencies ?? {})) {
    const container = containers.get(name);
    const { Status = "", ExitCode = 0, Health } = container?.State ?? {};
    if (condition === "service_completed_successfully" && ExitCode !== 0) {
      return `service "${name}" didn't complete successfully: exit ${ExitCode}`;
    }
    if (condition === "service_healthy" && Health?.Status !== "healthy") {
      return `dependency failed to start: container ${container?.Name.slice(1)} is unhealthy`;
    }
    const waits =
      Status === "created" || (Status === "exited" && container && !isOneShot(container));
    if (waits) {
      return `dependency failed to start: container ${container?.Name.slice(1)} exited (${ExitCode})`;
    }
  }
  return "";
}

function inOrder(services: Readonly<Record<string, ResolvedService>>): string[] {
  const ordered = new Set<string>();
  const visit = (name: string) => {
    if (!ordered.has(name) && services[name] !== undefined) {
      for (const dependency of Object.keys(services[name]?.depends_on ?? {})) {
        visit(dependency);
      }
      ordered.add(name);
    }
  };
  Object.keys(services).sort().forEach(visit);
  return [...ordered];
}
