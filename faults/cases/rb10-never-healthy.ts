import { containerId, docker } from "../../testing/docker.ts";
import type { FaultCase } from "../case.ts";

const DEADLINE_SECONDS = 40;
/** Tolerance around the deadline at which a start gives up, in seconds. */
const TOLERANCE_SECONDS = 5;

/** Output of the health check, which is in no log. */
const COMPLAINT = "the ledger does not open";

export const faultCase: FaultCase = {
  id: "RB10",
  name: "never-healthy",
  levels: ["D"],
  injects: "the health check of api fails for ever",
  expects: "DeadlineExceeded within 5 s of the deadline, with what the check of api said",
  startTimeoutSeconds: DEADLINE_SECONDS,
  // The relevant time is measured from the first container, below; this bound includes all steps
  // before.
  boundMs: { D: 65_000 },
  prepare: ({ services: { api } }) => {
    Object.assign(api?.healthcheck ?? {}, {
      test: ["CMD-SHELL", `echo '${COMPLAINT}'; exit 1`],
    });
  },
  run: async (trial) => {
    const up = await trial.up();
    const endedMs = Date.now();
    trial.expectFailure(up, {
      kind: "DeadlineExceeded",
      words: /timeout|deadline|unhealthy/i,
      names: /\bapi\b/,
    });
    trial.expect(up.output.includes(COMPLAINT), "what the health check said is not shown");
    const db = await containerId(trial.daemon.project, "db");
    const created = await docker("container", "inspect", "--format", "{{.Created}}", db);
    const seconds = (endedMs - Date.parse(created)) / 1_000;
    trial.expect(
      Math.abs(seconds - DEADLINE_SECONDS) <= TOLERANCE_SECONDS,
      `up gave up ${seconds.toFixed(1)} s after the first container; it had ${DEADLINE_SECONDS} s`,
    );
  },
  recover: async (trial) => {
    await trial.world.compose.edit(({ services: { api } }) => {
      Object.assign(api?.healthcheck ?? {}, {
        test: ["CMD-SHELL", "curl --fail --silent http://localhost:3000/health || exit 1"],
      });
    });
  },
};
