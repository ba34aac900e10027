import { z } from "zod";
import { tryJson } from "../text/json.ts";

/** A TCP port of the host that a container publishes, or will when it is started again. */
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

/** Makes `docker container inspect` print what {@link parseBindings} reads, one line a container. */
export const BINDINGS_FORMAT =
  '{"state":{{json .State.Status}},"labels":{{json .Config.Labels}},"declared":{{json .HostConfig.PortBindings}},"actual":{{json .NetworkSettings.Ports}}}';

/** States of a container that holds its ports, or will without anybody asking for it. */
const LIVING = ["running", "restarting"];

const ports = z
  .record(z.string(), z.array(z.looseObject({ HostPort: z.string().default("") })).nullable())
  .nullish();

const schema = z.looseObject({
  state: z.string().default(""),
  labels: z.record(z.string(), z.string()).nullish(),
  /** What the container was made with, running or not. */
  declared: ports,
  /** What it holds while it runs; the port that docker chose, where it was to choose. */
  actual: ports,
});

/** Lines of another form are passed over, as in `parseHostContainers`. */
export function parseBindings(text: string): Binding[] {
  return text.split("\n").flatMap((line) => {
    const parsed = schema.safeParse(tryJson(line));
    if (!parsed.success) {
      return [];
    }
    const { state, labels, declared, actual } = parsed.data;
    const lives = LIVING.includes(state);
    const project = labels?.["com.docker.compose.project"];
    const service = labels?.["com.docker.compose.service"];
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

/** `3000`, or `8000-8010` where docker is to choose one of them; nothing where it may choose any. */
function range(text: string): number[] {
  const [, first, last = first] = /^([1-9]\d{0,4})(?:-(\d{1,5}))?$/.exec(text) ?? [];
  const from = Number(first);
  return first === undefined
    ? []
    : Array.from({ length: Math.max(1, Number(last) - from + 1) }, (_, index) => from + index);
}
