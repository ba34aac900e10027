import type { FaultCase } from "../case.ts";
import { resourcesOf } from "../invariants/i8-state.ts";

const DOWN = {
  exitCode: 1,
  stderr:
    "Cannot connect to the Docker daemon at tcp://127.0.0.1:1. Is the docker daemon running?\n",
};

/** Output that says that the state of services is unknown, and not that they are gone. */
const UNKNOWN = /unknown|cannot connect|DaemonUnreachable/i;

export const faultCase: FaultCase = {
  id: "RB02",
  name: "daemon-down-status",
  levels: ["F", "E"],
  injects: "the daemon does not answer while the deployment is looked at",
  expects:
    "status says unknown; preview and refresh succeed with a warning, and forget no resource",
  boundMs: { F: 15_000, E: 30_000 },
  run: async (trial) => {
    if (trial.level === "E" && trial.deployment.state === undefined) {
      trial.notApplicable("it keeps no state that a refresh could empty");
    }
    await trial.start();
    const before = resourcesOf(
      (await trial.deployment.state?.()) ?? { text: "", parsed: undefined },
    );
    const verbs = [
      ...["ps", "logs", "container inspect", "container ls"],
      ...["image ls", "image inspect", "volume ls"],
    ];
    trial.fake.docker.answer(Object.fromEntries(verbs.map((verb) => [verb, DOWN])));
    if (trial.level === "F") {
      const status = await trial.status();
      trial.expect(UNKNOWN.test(status.output), "status does not say that it is unknown");
      trial.expect(!/no containers/i.test(status.output), "status says that nothing is there");
      return;
    }
    for (const look of [await trial.refresh(), await trial.preview()]) {
      trial.expectSuccess(look);
      trial.expect(UNKNOWN.test(look.output), `${look.operation} warns of nothing`);
    }
    const state = await trial.deployment.state?.();
    const after = state === undefined ? [] : resourcesOf(state);
    const dropped = before.filter((urn) => !after.includes(urn));
    trial.expect(dropped.length === 0, `refresh forgot ${dropped.join(", ")}`);
  },
};
