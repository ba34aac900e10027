import { INPUT_NAMES } from "./inputs.ts";
import { equalValues, isUnknown, type Properties, UNKNOWN_STRING } from "./values.ts";

/**
 * Outputs as a preview shows them: unknown where the command would run and might print something
 * else, as they are where it would not.
 *
 * An update's outputs are unknown when an input of the state changed or is not known yet. An input
 * that the state does not have leaves them as they are, as in the official provider.
 *
 * @param state State before an update; undefined for a creation.
 */
export function previewOutputs(
  state: Properties | undefined,
  inputs: Properties,
  outputs: Properties,
): Properties {
  if (state !== undefined && !INPUT_NAMES.some((name) => mayChange(name, state, inputs))) {
    return outputs;
  }
  return Object.fromEntries(Object.keys(outputs).map((name) => [name, UNKNOWN_STRING]));
}

function mayChange(name: string, state: Properties, inputs: Properties): boolean {
  const input = inputs[name] ?? null;
  return isUnknown(input) || (name in state && !equalValues(input, state[name] ?? null));
}
