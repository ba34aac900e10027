import type { FaultCase } from "../case.ts";

const UNREACHABLE = {
  exitCode: 18,
  stderr: ` api Error Get "https://registry-1.docker.io/v2/": net/http: TLS handshake timeout\nError response from daemon: Get "https://registry-1.docker.io/v2/": net/http: TLS handshake timeout\n`,
};

export const faultCase: FaultCase = {
  id: "RB08",
  name: "pull-flaky",
  levels: ["F"],
  injects: "the registry fails twice, then answers",
  expects: "up succeeds, and says that it has tried three times",
  // Two pauses of 4 and 8 s, plus or minus half, between three attempts.
  boundMs: { F: 30_000 },
  run: async (trial) => {
    const { docker, modeled } = trial.fake;
    docker.answer({
      pull: [UNREACHABLE, UNREACHABLE, { ...modeled, sets: "pulled" }],
      // For bare compose, which pulls as a part of `up`.
      up: [UNREACHABLE, UNREACHABLE, modeled],
      "up@pulled": modeled,
    });
    const up = await trial.up();
    trial.expectSuccess(up);
    trial.expect(/(attempt|try) 3\b/i.test(up.output), "the third try is not told of");
  },
};
