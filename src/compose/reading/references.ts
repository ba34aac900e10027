/** References of compose files to variables that are not set, or that compose cannot read. */
import type { ConfigIssue } from "../../errors.ts";
import { type Fields, isFields } from "../../text/coerce.ts";
import { type Lookup, substitute } from "../template.ts";

/** A variable without a value and without a default, for which compose puts nothing. */
export interface UnsetReference {
  readonly name: string;
  /** Places in the files that refer to the variable. */
  readonly places: readonly string[];
  /** Whether some place has more text than the reference, so that part of a value is left out. */
  readonly isPart: boolean;
}

/** A reference that compose refuses. */
export interface ReferenceFault extends ConfigIssue {
  /** Variable that the file requires; absent for a reference that compose cannot read. */
  readonly variable?: string;
}

/** Judged references. */
export interface JudgedReferences {
  readonly unset: readonly UnsetReference[];
  /** References that compose refuses, each at the first of its places. */
  readonly faults: readonly ReferenceFault[];
}

/** Judges all texts of a project, as compose fills all of them in, whatever their services' profiles. */
export function judgeReferences(project: Fields, lookup: Lookup): JudgedReferences {
  const unset = new Map<string, UnsetReference>();
  const refused = new Map<string, { fault: Omit<ReferenceFault, "field">; places: string[] }>();
  for (const [place, text] of textsIn(project, [])) {
    const refuse = (key: string, fault: Omit<ReferenceFault, "field">) => {
      const { places = [] } = refused.get(key) ?? {};
      refused.set(key, { fault, places: [...places, place] });
      return "";
    };
    substitute(text, lookup, {
      unset: (name) => {
        const { places = [], isPart = false } = unset.get(name) ?? {};
        const isWhole = text === `$${name}` || text === `\${${name}}`;
        unset.set(name, {
          name,
          places: places.includes(place) ? places : [...places, place],
          isPart: isPart || !isWhole,
        });
      },
      malformed: () => refuse(text, { message: "has a ${ that begins no variable" }),
      required: (name, told) => {
        const message = `requires ${name}, which has no value${told === "" ? "" : `: ${told}`}`;
        return refuse(message, { message, variable: name });
      },
    });
  }
  return {
    unset: [...unset.values()].map(withServicesOnly),
    faults: [...refused.values()].map(({ fault, places }) => {
      const [field = ""] = withServicesOnly({ places }).places;
      return { field, ...fault };
    }),
  };
}

/** Leaves out extensions such as `x-backend`, which services repeat. */
function withServicesOnly<T extends { readonly places: readonly string[] }>(reference: T): T {
  const places = reference.places.filter((place) => !place.startsWith("x-"));
  return places.length === 0 ? reference : { ...reference, places };
}

/** Lists all texts with their places, such as `services.api.image`. */
function* textsIn(value: unknown, path: readonly string[]): Generator<[string, string]> {
  if (typeof value === "string") {
    yield [path.join("."), value];
  } else if (Array.isArray(value)) {
    for (const one of value) {
      yield* textsIn(one, path);
    }
  } else if (isFields(value)) {
    for (const [key, one] of Object.entries(value)) {
      yield* textsIn(one, [...path, key]);
    }
  }
}
