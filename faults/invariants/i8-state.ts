import { z } from "zod";
import { type Violation, violations } from "./violation.ts";

const resourceSchema = z.looseObject({
  urn: z.string(),
  type: z.string(),
  parent: z.string().optional(),
  dependencies: z.array(z.string()).optional(),
});

const stateSchema = z.looseObject({
  version: z.number(),
  deployment: z.looseObject({
    resources: z.array(resourceSchema).optional(),
    pending_operations: z.array(z.unknown()).optional(),
  }),
});

/** Output of `pulumi stack export`: the checked fields, and the text. */
export interface PulumiState {
  readonly text: string;
  /** Undefined when the text is not a state. */
  readonly parsed: z.infer<typeof stateSchema> | undefined;
}

/** Parses an exported state. */
export function parseState(text: string): PulumiState {
  try {
    return { text, parsed: stateSchema.safeParse(JSON.parse(text)).data };
  } catch {
    return { text, parsed: undefined };
  }
}

/** Lists the URNs of the resources of an exported state. */
export function resourcesOf(state: PulumiState): string[] {
  return (state.parsed?.deployment.resources ?? []).map(({ urn }) => urn);
}

/** Invariant: a state is valid, has no dangling references, and has nothing pending. */
export function checkState(state: PulumiState): Violation[] {
  if (state.parsed === undefined) {
    return violations("I8", ["the exported state cannot be read"]);
  }
  const { resources = [], pending_operations: pending = [] } = state.parsed.deployment;
  const urns = resources.map(({ urn }) => urn);
  const reasons = urns
    .filter((urn, index) => urns.indexOf(urn) !== index)
    .map((urn) => `the state holds ${urn} twice`);
  for (const { urn, parent, dependencies = [] } of resources) {
    for (const other of [...(parent === undefined ? [] : [parent]), ...dependencies]) {
      if (!urns.includes(other)) {
        reasons.push(`${urn} refers to ${other}, which the state does not hold`);
      }
    }
  }
  if (pending.length > 0) {
    reasons.push(`${pending.length} operations are pending in the state`);
  }
  return violations("I8", reasons);
}
