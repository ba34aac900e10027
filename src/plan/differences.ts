/** Differences between a container and the declaration of its service. */
import { isDeepStrictEqual } from "node:util";
import type { ContainerSpec } from "../compose/container-spec.ts";

/** A part of a service that differs. */
export type Difference =
  | { readonly part: "image"; readonly from: string; readonly to: string }
  /** Another content under an equal name: the tag was moved. */
  | { readonly part: "image content"; readonly from: string; readonly to: string }
  | {
      readonly part: "variable";
      readonly name: string;
      /** Absent for a new variable. */
      readonly from?: string;
      /** Absent for a variable that goes. */
      readonly to?: string;
    }
  | { readonly part: ListPart; readonly from: readonly string[]; readonly to: readonly string[] }
  | { readonly part: "memory limit"; readonly from: string; readonly to: string }
  | { readonly part: "restart policy"; readonly from: string; readonly to: string }
  | { readonly part: PlainPart };

/** Parts that are lists. */
export type ListPart = "ports" | "volumes";

/** Parts whose values are not shown. */
export type PlainPart = "restart asked for" | "command" | "health check" | "logging" | "definition";

/** Two definitions of one service. No secrets. */
export interface Comparison {
  readonly from: ContainerSpec;
  readonly to: ContainerSpec;
  /** Variables that the image sets, not a compose file. Undefined where the image is unknown. */
  readonly imageVariables: ReadonlySet<string> | undefined;
}

/** Finds every part that differs. Empty where the definitions are equal. */
export function differencesOf(comparison: Comparison): Difference[] {
  const { from, to } = comparison;
  const found: Difference[] = [];
  if (from.image !== to.image) {
    found.push({ part: "image", from: from.image, to: to.image });
  }
  found.push(...variablesOf(comparison));
  const lists: [ListPart, readonly string[], readonly string[]][] = [
    ["ports", from.ports, to.ports],
    ["volumes", from.mounts, to.mounts],
  ];
  for (const [part, before, after] of lists) {
    if (!isDeepStrictEqual(before, after)) {
      found.push({ part, from: before, to: after });
    }
  }
  if (from.memoryBytes !== to.memoryBytes) {
    found.push({
      part: "memory limit",
      from: sizeText(from.memoryBytes),
      to: sizeText(to.memoryBytes),
    });
  }
  if (from.restartPolicy !== to.restartPolicy) {
    found.push({ part: "restart policy", from: from.restartPolicy, to: to.restartPolicy });
  }
  const plain: [PlainPart, unknown, unknown][] = [
    ["restart asked for", from.restartToken, to.restartToken],
    ["command", from.command, to.command ?? from.command],
    ["health check", from.healthCheck, to.healthCheck ?? from.healthCheck],
    ["logging", from.logging, to.logging ?? from.logging],
  ];
  found.push(
    ...plain
      .filter(([, before, after]) => !isDeepStrictEqual(before, after))
      .map(([part]) => ({ part })),
  );
  return found;
}

function variablesOf({ from, to, imageVariables }: Comparison): Difference[] {
  const before = from.environment;
  const after = to.environment;
  const gone = Object.keys(before).filter(
    // Without the image nobody knows whether a variable was declared or came with it.
    (name) => !Object.hasOwn(after, name) && imageVariables?.has(name) === false,
  );
  const names = [...new Set([...gone, ...Object.keys(after)])].sort();
  return names.flatMap((name): Difference[] => {
    const [old, now] = [before[name], after[name]];
    if (old === now) {
      return [];
    }
    return [
      {
        part: "variable",
        name,
        ...(old === undefined ? {} : { from: old }),
        ...(now === undefined ? {} : { to: now }),
      },
    ];
  });
}

function sizeText(bytes: number): string {
  const mebibytes = bytes / 1024 ** 2;
  return bytes === 0
    ? "none"
    : `${Number.isInteger(mebibytes) ? mebibytes : mebibytes.toFixed(1)} MiB`;
}

/** Formats a difference as one line for a person. */
export function differenceText(difference: Difference): string {
  switch (difference.part) {
    case "image":
      return `image ${difference.from} -> ${difference.to}`;
    case "image content":
      return `image content changed (${difference.from} -> ${difference.to})`;
    case "variable": {
      const { name, from, to } = difference;
      if (from === undefined) {
        // The fingerprint of a new value says nothing, since there is none to compare.
        return `variable ${name} is new${isFingerprint(to) ? "" : ` (${to})`}`;
      }
      return to === undefined
        ? `variable ${name} is gone`
        : `variable ${name} changed (${from} -> ${to})`;
    }
    case "ports":
    case "volumes":
      return `${difference.part} ${listText(difference.from)} -> ${listText(difference.to)}`;
    case "memory limit":
    case "restart policy":
      return `${difference.part} ${difference.from} -> ${difference.to}`;
    case "restart asked for":
      return "restart asked for";
    case "definition":
      return "its definition in the compose files changed";
    default:
      return `${difference.part} changed`;
  }
}

function isFingerprint(value: string | undefined): boolean {
  return /^#[0-9a-f]{8}$/.test(value ?? "");
}

function listText(items: readonly string[]): string {
  return items.length === 0 ? "none" : items.join(", ");
}
