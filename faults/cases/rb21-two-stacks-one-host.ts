import type { ComposeDocument } from "../../testing/world/compose-file.ts";
import { createDaemonWorld } from "../../testing/world/daemon-world.ts";
import { newProjectName } from "../../testing/world/names.ts";
import type { FaultCase } from "../case.ts";
import { Trial } from "../trial.ts";

/** Prefix of the fixed container names, as in Lago's own file. */
const NAMES = newProjectName();

export const faultCase: FaultCase = {
  id: "RB21",
  name: "two-stacks-one-host",
  levels: ["D"],
  injects: "the same file, which fixes container names as Lago's does, is deployed twice on a host",
  expects: "both are up and share nothing; the end of one leaves the other healthy",
  boundMs: { D: 90_000 },
  prepare: fixNames,
  run: async (trial) => {
    const world = await createDaemonWorld(fixNames);
    trial.undo(() => world.dispose());
    const deployment = await trial.subject.open(world, trial.level);
    trial.undo(() => deployment.dispose());
    const other = new Trial(faultCase, world, trial.subject, deployment, trial.signal);
    try {
      trial.expectSuccess(await trial.up());
      trial.expectSuccess(await other.up());
      const [own, others] = [await traitsOf(trial), await traitsOf(other)];
      const shared = own.filter((trait) => others.includes(trait));
      trial.expect(shared.length === 0, `both have ${shared.join(", ")}`);
      const before = await world.standing();
      trial.expectSuccess(await trial.down());
      for (const reason of await other.unreached()) {
        trial.unmet.push(`after the end of the first, of the second ${reason}`);
      }
      const after = await world.standing();
      for (const service of Object.keys(before)) {
        trial.expect(before[service] === after[service], `the second's ${service} was restarted`);
      }
    } finally {
      await other.stage(() => other.down());
      other.judgeErrors();
      trial.unmet.push(...other.unmet.map((reason) => `the second: ${reason}`));
      trial.violations.push(...other.violations);
    }
  },
};

function fixNames({ services }: ComposeDocument): void {
  for (const [name, service] of Object.entries(services)) {
    service.container_name = `${NAMES}-${name}`;
  }
}

/** Lists names of containers and volumes, and host ports. */
async function traitsOf({ daemon }: Trial): Promise<string[]> {
  const containers = [...(await daemon.containers()).values()];
  const ports = containers.flatMap(({ HostConfig }) =>
    Object.values(HostConfig.PortBindings ?? {}).flatMap((bindings) =>
      bindings.map(({ HostPort }) => `port ${HostPort}`),
    ),
  );
  return [...containers.map(({ Name }) => Name), ...(await daemon.volumes()), ...ports];
}
