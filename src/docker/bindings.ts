import { z } from "zod";
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

const ports = z
  .record(z.string(), z.array(z.looseObject({ HostPort: z.string().default("") })).nullable())
  .nullish();

const schema = z.looseObject({
  State: z.looseObject({ Status: z.string().default("") }).nullish(),
  Config: z.looseObject({ Labels: z.record(z.string(), z.string()).nullish() }).nullish(),
  /** Ports that the container was made with, running or not. */
  HostConfig: z.looseObject({ PortBindings: ports }).nullish(),
  /** Ports that the container holds while it runs, including those that docker chose. */
  NetworkSettings: z.looseObject({ Ports: ports }).nullish(),
});

/**
 * Reads inspected containers. Skips a container of unexpected form, since its ports cannot be named
 * in a message.
 */
export function bindingsOf(inspected: readonly unknown[]): Binding[] {
  return inspected.flatMap((container) => {
    const parsed = schema.safeParse(container);
    if (!parsed.success) {
      return [];
    }
    const { State, Config, HostConfig, NetworkSettings } = parsed.data;
    const [state, labels] = [State?.Status ?? "", Config?.Labels];
    const [declared, actual] = [HostConfig?.PortBindings, NetworkSettings?.Ports];
    const lives = LIVING.includes(state);
    const project = labels?.[PROJECT_LABEL];
    const service = labels?.[SERVICE_LABEL];
    const pairs = [...Object.entries(declared ?? {}), ...Object.entries(actual ?? {})];
    const found = pairs.flatMap(([name, published]) => {
      const containerPort = Number(/^(\d+)\/tcp$/.exec(name)?.[1]);
      const hostPorts = (published ?? []).flatMap(({ HostPort }) => range(HostPort));
      return Number.isNaN(containerPort)
        ? []
        : hostPorts.map((hostPort) => ({ project, service, containerPort, hostPort, lives }));
    });
    const unique = new Map(found.map((one) => [`${one.containerPort} ${one.hostPort}`, one]));
    return [...unique.values()];
  });
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
