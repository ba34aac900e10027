import type { EngineContainer } from "./engine-container.ts";
import { PROJECT_LABEL, SERVICE_LABEL } from "./labels.ts";

/** TCP port of the host that a container publishes, or will publish once it is started again. */
export interface Binding {
  /** Compose project of the container; undefined for a container of no project. */
  readonly project: string | undefined;
  /** Compose service of the container. */
  readonly service: string | undefined;
  readonly containerPort: number;
  readonly hostPort: number;
  /** Whether the container runs, or docker is about to start it again after a crash. */
  readonly lives: boolean;
}

/** States in which a container holds its ports, or will hold them without another command. */
const LIVING = ["running", "restarting"];

/** Lists the ports of a container. */
export function bindingsOf(container: EngineContainer): Binding[] {
  const { State, Config, HostConfig, NetworkSettings } = container;
  const lives = LIVING.includes(State.Status);
  const project = Config.Labels?.[PROJECT_LABEL];
  const service = Config.Labels?.[SERVICE_LABEL];
  const pairs = [HostConfig.PortBindings, NetworkSettings?.Ports].flatMap((ports) =>
    Object.entries(ports ?? {}),
  );
  const found = pairs.flatMap(([name, published]) => {
    const containerPort = Number(/^(\d+)\/tcp$/.exec(name)?.[1]);
    const hostPorts = (published ?? []).flatMap(({ HostPort }) => range(HostPort));
    return Number.isNaN(containerPort)
      ? []
      : hostPorts.map((hostPort) => ({ project, service, containerPort, hostPort, lives }));
  });
  const unique = new Map(found.map((one) => [`${one.containerPort} ${one.hostPort}`, one]));
  return [...unique.values()];
}

/**
 * Parses `3000`, or `8000-8010` where docker chooses one of the ports. Empty where docker may
 * choose any port.
 */
function range(text: string): number[] {
  const [, first, last = first] = /^([1-9]\d{0,4})(?:-(\d{1,5}))?$/.exec(text) ?? [];
  const from = Number(first);
  return first === undefined
    ? []
    : Array.from({ length: Math.max(1, Number(last) - from + 1) }, (_, index) => from + index);
}
