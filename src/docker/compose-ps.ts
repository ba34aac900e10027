import { z } from "zod";
import { DeployError } from "../errors.ts";
import { tryJson } from "../text/json.ts";
import { zbl } from "../text/zbl.ts";
import { distinctPorts, inOrder, type PsContainer } from "./ps-container.ts";

const publisherSchema = z.looseObject({
  URL: z.string().default(""),
  TargetPort: z.number().default(0),
  PublishedPort: z.number().default(0),
  Protocol: z.string().default("tcp"),
});

const containerSchema = z.looseObject({
  ID: z.string(),
  Name: z.string().default(""),
  Service: z.string(),
  State: z.string().default(""),
  Health: z.string().default(""),
  ExitCode: z.number().default(0),
  Image: z.string().default(""),
  Labels: z.string().default(""),
  Publishers: z.array(publisherSchema).nullish(),
});

/**
 * Reads the output of `docker compose ps --format json`: an array before compose 2.21, one object
 * a line since, nothing at all when there is no container. Lines before the first `{` or `[` are
 * warnings and passed over. Sorted by service, then name.
 *
 * @throws DeployError of kind `ParseError` that shows the first 200 characters, without what may be secret
 */
export function parsePs(text: string): PsContainer[] {
  const containers = jsonValues(text).map((value) => {
    const parsed = containerSchema.safeParse(value);
    if (!parsed.success) {
      throw notPs(text, parsed.error);
    }
    return toContainer(parsed.data);
  });
  return inOrder(containers);
}

function jsonValues(text: string): unknown[] {
  const lines = text.split("\n");
  const first = lines.findIndex((line) => /^\s*[[{]/.test(line));
  if (first === -1) {
    if (lines.some((line) => line.trim() !== "" && !/level=|^warn/i.test(line))) {
      throw notPs(text);
    }
    return [];
  }
  const rest = lines.slice(first).filter((line) => line.trim() !== "");
  const whole = tryJson(rest.join("\n"));
  if (whole !== undefined) {
    return Array.isArray(whole) ? whole : [whole];
  }
  return rest.map((line) => {
    const value = tryJson(line);
    if (value === undefined) {
      throw notPs(text);
    }
    return value;
  });
}

function notPs(text: string, cause?: unknown): DeployError {
  return new DeployError(
    "ParseError",
    `The output of \`docker compose ps\` is not of the expected form. Run \`${zbl("doctor")}\` to see whether this compose version is supported. It began: ${JSON.stringify(beginningOf(text))}`,
    { cause },
  );
}

/** Fields that may hold secrets: command line and labels of a container. */
const SECRET_BEARING_FIELDS = /("(?:Command|Labels)"\s*:\s*)"(?:[^"\\]|\\.)*"?/g;

/** Returns the first 200 characters, without possible secrets. */
function beginningOf(text: string): string {
  return text.slice(0, 4_000).replace(SECRET_BEARING_FIELDS, '$1"..."').slice(0, 200);
}

function toContainer(data: z.output<typeof containerSchema>): PsContainer {
  return {
    id: data.ID,
    name: data.Name,
    service: data.Service,
    state: data.State,
    health: data.Health,
    exitCode: data.ExitCode,
    image: data.Image,
    labels: parseLabels(data.Labels),
    ports: distinctPorts(
      (data.Publishers ?? []).map(({ URL, PublishedPort, TargetPort, Protocol }) => ({
        address: URL,
        hostPort: PublishedPort,
        containerPort: TargetPort,
        protocol: Protocol,
      })),
    ),
  };
}

/**
 * Parses labels of the form `a=b,c=d`. The text after a comma shows whether the comma is part of a
 * value.
 */
export function parseLabels(text: string): Record<string, string> {
  const labels: Record<string, string> = {};
  for (const part of text.split(/,(?=[A-Za-z0-9._/-]+=)/)) {
    const equals = part.indexOf("=");
    if (equals > 0) {
      labels[part.slice(0, equals)] = part.slice(equals + 1);
    }
  }
  return labels;
}
