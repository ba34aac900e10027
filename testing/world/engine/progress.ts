/** Progress of compose, a line for each step, as printed without a terminal. */
import type { EngineState, ModeledContainer } from "./state.ts";

/** Lists the steps from one state to another. */
export function progressOf(before: EngineState, after: EngineState): string[] {
  const had = new Map(before.containers.map((one) => [one.Name, one]));
  const has = new Map(after.containers.map((one) => [one.Name, one]));
  const gone = before.containers.filter(({ Name }) => !has.has(Name));
  const names = ({ volumes }: EngineState) => volumes.map(({ name }) => name);
  return [
    ...without(after.networks, before.networks).flatMap((name) =>
      steps(`Network ${name}`, "Creat"),
    ),
    ...without(names(after), names(before)).flatMap((name) => steps(`Volume "${name}"`, "Creat")),
    ...after.containers.flatMap((one) => made(one, had.get(one.Name))),
    ...after.containers.flatMap((one) => started(one, had.get(one.Name))),
    ...gone.flatMap(({ Name }) => [
      `Container ${Name.slice(1)}  Stopping`,
      `Container ${Name.slice(1)}  Stopped`,
      ...steps(`Container ${Name.slice(1)}`, "Remov"),
    ]),
    ...without(before.networks, after.networks).flatMap((name) =>
      steps(`Network ${name}`, "Remov"),
    ),
  ];
}

function made({ Name, Id }: ModeledContainer, before: ModeledContainer | undefined): string[] {
  const what = `Container ${Name.slice(1)}`;
  if (before === undefined) {
    return steps(what, "Creat");
  }
  return before.Id === Id ? [] : [`${what}  Recreate`, `${what}  Recreated`];
}

function started(
  { Name, Id, State }: ModeledContainer,
  before: ModeledContainer | undefined,
): string[] {
  const what = `Container ${Name.slice(1)}`;
  const sameStart = before?.Id === Id && before.State.StartedAt === State.StartedAt;
  if (State.Status === "created" || (sameStart && State.Status !== "running")) {
    return [];
  }
  return sameStart ? [`${what}  Running`] : [`${what}  Starting`, `${what}  Started`];
}

const steps = (what: string, verb: string) => [`${what}  ${verb}ing`, `${what}  ${verb}ed`];

const without = (names: readonly string[], others: readonly string[]) =>
  names.filter((name) => !others.includes(name));
