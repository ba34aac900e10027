import fc from "fast-check";
import type { FaultCase } from "../case.ts";

/** Fixed seed, so that all subjects get identical values. */
const SEED = 33;
const SAMPLES = 60;

/** Characters with a meaning in shells, compose, YAML, .env files, templates or Ruby. */
const CHARACTERS = [
  ...["$", "${X}", "$$", '"', "'", "\\", "\\n", "\n", "#", " #", "=", "{{", "}}", "`", "%s", ": "],
  ...["!", "&", "*", "|", "\t", "\r", " ", "ü", "€", "😀", "a", "0", "~", "null", "\u2028", "---"],
];

const VALUES = [
  "",
  " leading and trailing ",
  ...fc.sample(
    fc.array(fc.constantFrom(...CHARACTERS), { maxLength: 12 }).map((parts) => parts.join("")),
    { seed: SEED, numRuns: SAMPLES },
  ),
];

const HOSTILE = Object.fromEntries(
  VALUES.map((value, index) => [`LAGO_HOSTILE_${index + 1}`, value]),
);

export const faultCase: FaultCase = {
  id: "RB33",
  name: "hostile-values",
  levels: ["F", "D"],
  injects: `${VALUES.length} settings hold what shells, compose and YAML take for something else`,
  expects:
    "each value arrives in the container byte for byte, or is refused before anything is done",
  boundMs: { F: 20_000, D: 120_000 },
  prepare: ({ services: { api } }) => {
    const variables = Object.keys(HOSTILE).map((name) => [name, `\${${name}}`]);
    Object.assign(api?.environment ?? {}, Object.fromEntries(variables));
  },
  run: async (trial) => {
    // Values that do not arrive show in the containers.
    trial.expectSuccess(await trial.up(HOSTILE));
  },
};
