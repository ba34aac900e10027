import type { FaultCase } from "../case.ts";
import type { Trial } from "../trial.ts";

export const faultCase: FaultCase = {
  id: "RB23",
  name: "project-renamed",
  levels: ["E"],
  injects: "the compose project gets another name, which to docker is another project without data",
  expects:
    "up and preview refuse it with both names; where it is allowed, and the old one stopped, the new one starts and the old one's data stays",
  boundMs: { E: 60_000 },
  run: async (trial) => {
    await trial.start();
    const { project } = trial.world;
    const renamed = `${project}-b`;
    trial.configure({ project: renamed });
    const refusal = {
      kind: "InvalidProjectName",
      words: /project.*(name|renam)/i,
      names: new RegExp(`${project}\\b[^-].*${renamed}|${renamed}.*${project}\\b[^-]`, "s"),
    };
    trial.expectFailure(await trial.up(), refusal);
    const started = trial.fake.services(renamed).size;
    trial.expect(started === 0, `${started} services were started under the new name`);
    trial.expectFailure(await trial.preview(), refusal);
    if (trial.subject.ours) {
      await moveOnPurpose(trial, renamed);
    }
  },
  recover: async (trial) => {
    if (!trial.subject.ours) {
      trial.configure({ project: undefined });
    }
  },
};

/** Follows the refusal's instructions: stops the old project, allows the new name, runs `up`. */
async function moveOnPurpose(trial: Trial, renamed: string): Promise<void> {
  trial.fake.setEngine((state) => ({ ...state, containers: [], networks: [] }));
  trial.configure({ options: { allowProjectRename: trial.world.project } });
  trial.expectSuccess(await trial.up());
  trial.expect(trial.fake.services(renamed).size > 0, "nothing was started under the new name");
}
