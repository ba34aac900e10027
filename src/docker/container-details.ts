import { secretValues } from "../lago/secret-settings.ts";
import { variablesOf } from "../text/variables.ts";
import type { EngineContainer } from "./engine-container.ts";
import { SERVICE_LABEL } from "./labels.ts";
import { distinctPorts, type PsContainer } from "./ps-container.ts";

/** An inspected container whose outputs may still hold secrets. */
export interface UnredactedContainer extends InspectedContainer {
  /** Secrets in the container's environment, to hide in its outputs. */
  readonly secrets: readonly string[];
}

/** A container with details that `docker inspect` has and `docker compose ps` lacks. */
export interface InspectedContainer extends PsContainer {
  /**
   * Id of the image that the container runs, `sha256:` and 64 digits. The image's name may mean
   * another image by now.
   */
  readonly imageId: string;
  /** Number of times that the engine restarted the container because it ended. */
  readonly restartCount: number;
  /**
   * Exit code of the last run that ended. Undefined where none has ended, or another run has begun
   * since: the engine keeps an exit code no longer.
   */
  readonly lastExitCode: number | undefined;
  /** Time of the last start, by the engine's clock. Never compared with this machine's clock. */
  readonly startedAt: string;
  /** Whether the engine restarts the container that ended, or one that runs when it fails. */
  readonly restarts: boolean;
  /** Output of the last failed health check; empty where there was none. */
  readonly healthOutput: string;
}

/** Reads the details of inspected containers. */
export function containerDetails(inspected: readonly EngineContainer[]): UnredactedContainer[] {
  return inspected.map((container) => ({
    ...listed(container),
    imageId: container.Image,
    restartCount: container.RestartCount,
    lastExitCode: ["exited", "dead", "restarting"].includes(container.State.Status)
      ? container.State.ExitCode
      : undefined,
    startedAt: container.State.StartedAt,
    restarts: isRestarted(container),
    healthOutput: failedOutput(container.State.Health?.Log ?? []),
    secrets: secretsOf(container),
  }));
}

/** Whether the restart policy of a container applies to its end, or to its next failure. */
function isRestarted({ State, HostConfig, RestartCount }: EngineContainer): boolean {
  const { Name = "", MaximumRetryCount = 0 } = HostConfig.RestartPolicy ?? {};
  if (Name !== "on-failure") {
    return !["", "no"].includes(Name);
  }
  const hasEnded = State.Status === "exited" || State.Status === "dead";
  const isUsedUp = MaximumRetryCount > 0 && RestartCount >= MaximumRetryCount;
  return !hasEnded || (State.ExitCode !== 0 && !isUsedUp);
}

/** Secrets in the environment of a container. */
export function secretsOf({ Config }: EngineContainer): string[] {
  return secretValues(variablesOf(Config.Env ?? []));
}

/** Reads the part that `docker compose ps` has too, as compose does (pkg/compose/ps.go). */
function listed({ Id, Name, State, Config, NetworkSettings }: EngineContainer): PsContainer {
  const labels = Config.Labels ?? {};
  return {
    id: Id,
    name: Name.replace(/^\//, ""),
    service: labels[SERVICE_LABEL] ?? "",
    state: State.Status,
    health: State.Status === "running" ? (State.Health?.Status ?? "") : "",
    exitCode: ["exited", "dead"].includes(State.Status) ? State.ExitCode : 0,
    image: Config.Image,
    labels,
    ports: distinctPorts(
      Object.entries(NetworkSettings?.Ports ?? {}).flatMap(([target, published]) => {
        const [port, protocol = "tcp"] = target.split("/");
        return (published ?? []).map(({ HostIp, HostPort }) => ({
          address: HostIp,
          hostPort: Number(HostPort),
          containerPort: Number(port),
          protocol,
        }));
      }),
    ),
  };
}

/** Bytes of a health check's output that the engine keeps (moby, daemon/health.go). */
const MAX_PROBE_BYTES = 4096;

function failedOutput(
  probes: readonly { readonly ExitCode: number; readonly Output: string }[],
): string {
  const output = probes.findLast(({ ExitCode }) => ExitCode !== 0)?.Output ?? "";
  // A line that was cut off may end in half a secret, which no redactor would recognize.
  return Buffer.byteLength(output) < MAX_PROBE_BYTES
    ? output
    : output.slice(0, output.lastIndexOf("\n") + 1);
}
