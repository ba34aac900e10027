import type { FaultCase } from "../case.ts";

export const faultCase: FaultCase = {
  id: "RB03",
  name: "docker-missing",
  levels: ["E"],
  injects: "there is no docker on the PATH",
  expects: "DockerNotAvailable within 5 s of the program's start; nothing hangs",
  // 5 s, and another 5 s for Pulumi to start the program and its providers.
  boundMs: { E: 10_000 },
  run: async (trial) => {
    const { pathWithoutDocker } = trial.fake;
    const up = await trial.up({}, { environment: { PATH: pathWithoutDocker } });
    trial.expectFailure(up, {
      kind: "DockerNotAvailable",
      words: /docker.*not found|no such file|cannot find docker/i,
      names: /docker/,
    });
  },
};
