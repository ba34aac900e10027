/** Changes of a project's containers, as the engine's HTTP API tells them while they happen. */
import type { IncomingMessage } from "node:http";
import { dial } from "../process/dial.ts";
import { LineSplitter } from "../process/output.ts";
import { fieldsOf } from "../text/coerce.ts";
import { tryJson } from "../text/json.ts";
import { callEnvironment } from "./docker.ts";
import type { DockerEndpoint } from "./endpoint-settings.ts";
import { engineAddress, socketPathOf } from "./engine-address.ts";
import { type EngineWay, OneConnectionAgent, openAnswer } from "./engine-http.ts";
import { enginePath } from "./engine-request.ts";
import { CONFIG_HASH_LABEL, PROJECT_LABEL } from "./labels.ts";

/**
 * Events after which inspecting a container tells something else. Those of each health check's run
 * (`exec_*`) are left out.
 */
const CHANGES = [
  ...["create", "start", "restart", "pause", "unpause", "health_status", "die", "stop", "update"],
  ...["rename", "destroy"],
];

/** Longest event to read, in UTF-16 units: an event has all labels of its container. */
const MAX_EVENT_CHARACTERS = 256 * 1024;

/** Receivers of {@link followContainers}. */
export interface ContainerFollower {
  /** Ends the stream. */
  readonly signal: AbortSignal;
  /** Called once, when all further changes will be reported. */
  readonly onOpen: () => void;
  /** Called with the id of a container that has changed, and the exit code of a run that ended. */
  readonly onChange: (id: string, exitCode?: number) => void;
}

/**
 * Reports changes of a project's containers until the signal fires or the engine ends the stream.
 * Rejects when the engine does not offer the stream, or when the signal fires.
 */
export async function followContainers(
  engine: DockerEndpoint,
  project: string,
  { signal, onOpen, onChange }: ContainerFollower,
): Promise<void> {
  const path = enginePath(
    "/events",
    {},
    {
      type: ["container"],
      label: [`${PROJECT_LABEL}=${project}`, CONFIG_HASH_LABEL],
      event: CHANGES,
    },
  );
  const { way, close } = await ownWay(engine, signal);
  try {
    const response = await openAnswer({ method: "GET", path }, way);
    if (response.statusCode !== 200) {
      throw new Error(
        `the Docker engine answers ${response.statusCode} to a request for its events`,
      );
    }
    onOpen();
    await readChanges(response, onChange);
  } finally {
    await close();
  }
}

async function readChanges(
  response: IncomingMessage,
  onChange: ContainerFollower["onChange"],
): Promise<void> {
  const splitter = new LineSplitter((line) => {
    const { Action, Actor } = fieldsOf(tryJson(line));
    const { ID, Attributes } = fieldsOf(Actor);
    const exitCode = Action === "die" ? Number(fieldsOf(Attributes).exitCode) : Number.NaN;
    if (typeof ID === "string") {
      onChange(ID, Number.isInteger(exitCode) ? exitCode : undefined);
    }
  }, MAX_EVENT_CHARACTERS);
  for await (const chunk of response as AsyncIterable<Buffer>) {
    splitter.push(chunk);
  }
}

/** A connection that nothing else uses: a stream takes the whole of its connection. */
async function ownWay(
  engine: DockerEndpoint,
  signal: AbortSignal,
): Promise<{ readonly way: EngineWay; readonly close: () => Promise<void> }> {
  const closing = new AbortController();
  const ends = AbortSignal.any([signal, closing.signal]);
  const socketPath = socketPathOf(engineAddress(engine));
  if (socketPath !== undefined) {
    const close = async () => closing.abort();
    return { way: { socketPath, agent: false, signal: ends }, close };
  }
  const env = callEnvironment({ engine });
  const program = await dial("docker", ["system", "dial-stdio"], { env });
  const onEnd = () => closing.abort();
  program.ended.then(onEnd, onEnd);
  const agent = new OneConnectionAgent(program.stream);
  return { way: { agent, signal: ends }, close: () => program.end() };
}
