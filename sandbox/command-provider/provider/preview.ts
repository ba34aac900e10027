import { INPUT_NAMES } from "./inputs.ts";
import { equalValues, isUnknown, type Properties, UNKNOWN_STRING } from "./values.ts";

/**
 * Outputs for a preview: unknown if the command would run and might print something else, unchanged
 * if the command would not run.
 *
 * An update's outputs are unknown when an input of the state changed or is not known yet. An input
 * that is not in the state leaves the outputs unchanged, as in the official provider.
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
