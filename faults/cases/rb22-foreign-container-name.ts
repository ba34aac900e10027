import { docker } from "../../testing/docker.ts";
import { newProjectName } from "../../testing/world/names.ts";
import type { FaultCase } from "../case.ts";

/** Container name in Lago's file, and of a container of another owner. */
const NAME = `${newProjectName()}-lago-db`;

export const faultCase: FaultCase = {
  id: "RB22",
  name: "foreign-container-name",
  levels: ["D"],
  injects: "a container that is none of the deployment's has the name that the file gives to db",
  expects: "it is not touched; up succeeds all the same, or says PortTaken with the name",
  boundMs: { D: 90_000 },
  prepare: ({ services: { db } }) => {
    Object.assign(db ?? {}, { container_name: NAME });
  },
  run: async (trial) => {
    const image = trial.world.compose.document.services.redis?.image ?? "";
    trial.undo(async () => {
      await docker("container", "rm", "--force", "--volumes", NAME);
    });
    await docker("container", "run", "--detach", "--name", NAME, image);
    const look = () => docker("container", "inspect", "--format", FORMAT, NAME).catch(() => "gone");
    const before = await look();
    const up = await trial.up();
    if (up.exitCode !== 0) {
      trial.expectFailure(up, {
        kind: "PortTaken",
        words: /is already in use/,
        names: new RegExp(NAME),
      });
    }
    const after = await look();
    trial.expect(after === before, `the other container was ${before} and is ${after}`);
  },
};

const FORMAT = "{{.Id}} {{.State.Status}} since {{.State.StartedAt}}";
