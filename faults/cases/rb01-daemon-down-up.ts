import type { FaultCase } from "../case.ts";

/** Socket that does not exist. */
const NO_DAEMON = "unix:///no/such/folder/docker.sock";

export const faultCase: FaultCase = {
  id: "RB01",
  name: "daemon-down-up",
  levels: ["D"],
  injects: "the socket that DOCKER_HOST names does not exist",
  expects: "DaemonUnreachable within 15 s, nothing is begun, and the deployment can be destroyed",
  boundMs: { D: 15_000 },
  run: async (trial) => {
    const down = { environment: { DOCKER_HOST: NO_DAEMON } };
    const up = await trial.up({}, down);
    trial.expectFailure(up, {
      kind: "DaemonUnreachable",
      words: /cannot connect to the docker daemon|failed to connect to the docker api/i,
    });
    trial.expect((await trial.world.remains()).length === 0, "something was begun");
    trial.expectSuccess(await trial.down());
  },
};
