import { HARMLESS_VARIABLE } from "../../testing/world/compose-file.ts";
import { replacementOf, strayContainers } from "../../testing/world/strays.ts";
import type { FaultCase } from "../case.ts";
import { composeProcesses, firstSeen, kill } from "../watch/compose-processes.ts";

export const faultCase: FaultCase = {
  id: "RB18",
  name: "kill9-compose-mid-recreate",
  levels: ["D"],
  injects: "compose is killed when a new container is there and the old one not yet gone",
  expects: "the next up brings everything up, and nothing is left half-way",
  chaos: true,
  boundMs: { D: 120_000 },
  prepare: ({ services: { api } }) => {
    // The old container ends slowly, so that there is time to kill compose.
    Object.assign(api ?? {}, { stop_signal: "SIGURG", stop_grace_period: "2s" });
  },
  run: async (trial) => {
    await trial.start();
    const { project, temporaryFolder } = trial.world;
    const over = new AbortController();
    const strike = async () => {
      const name = await firstSeen(() => replacementOf(project), over.signal);
      const running = composeProcesses(temporaryFolder, "up");
      running.forEach(kill);
      return name !== undefined && running.length > 0;
    };
    const control = { onStart: () => {} };
    const up = trial.up({ [HARMLESS_VARIABLE]: "true" }, control).finally(() => over.abort());
    const [hit] = await Promise.all([strike(), up]);
    trial.expect(hit, "compose was not hit between two containers");
    trial.expectSuccess(await trial.up());
    trial.unmet.push(...(await strayContainers(project)));
  },
};
