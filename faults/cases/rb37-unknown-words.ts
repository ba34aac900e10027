import type { FaultCase } from "../case.ts";

/** Docker's error after a restart of the firewall; compose has created nothing by then. */
const IPTABLES =
  "iptables failed: iptables --wait -t nat -I DOCKER -i br-5f2a -j RETURN: iptables: No chain/target/match by that name.";

const FAILED = {
  exitCode: 1,
  stderr: ` Network lago_default  Creating\n Network lago_default  Error\nfailed to create network lago_default: Error response from daemon: Failed to Setup IP tables: ${IPTABLES}\n`,
};

export const faultCase: FaultCase = {
  id: "RB37",
  name: "unknown-words",
  levels: ["F"],
  injects: "docker cannot make the network of a first up, for a reason that is not foreseen",
  expects: "CommandFailed with docker's own words, and no service is blamed",
  boundMs: { F: 15_000 },
  run: async (trial) => {
    trial.fake.docker.answer({ up: FAILED });
    const up = await trial.up();
    trial.expectFailure(up, {
      kind: "CommandFailed",
      words: /No chain\/target\/match by that name/,
      names: /failed to create network lago_default/,
    });
    trial.expect(up.output.includes(IPTABLES), "docker's own words are not shown");
    trial.expect(!up.output.includes("not created yet"), "a service is blamed");
  },
};
