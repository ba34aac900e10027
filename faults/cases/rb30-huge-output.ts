import { HARMLESS_VARIABLE } from "../../testing/world/compose-file.ts";
import type { FaultCase } from "../case.ts";
import { type PeaksMb, watchMemory } from "../watch/memory.ts";

const MB = 1_000_000;
const LINES = Buffer.from(
  "api-1  | a line of a service that talks too much, all day long, to all\n",
);

/** 90 MB in lines, and 10 MB in a single line. */
const NOISE = [
  { bytes: Buffer.alloc(10 * MB, LINES), times: 9 },
  { bytes: Buffer.alloc(10 * MB, "x"), times: 1 },
];

const MAX_MB = 150;
/** Maximum growth of a program's peak memory by the noise, for programs that are larger anyway. */
const MAX_GROWTH_MB = 50;
/** Maximum growth of the state by the noise: it holds several copies of log tails. */
const MAX_STATE_GROWTH_BYTES = 64 * 1024;

export const faultCase: FaultCase = {
  id: "RB30",
  name: "huge-output",
  levels: ["F", "E"],
  injects: "docker prints 100 MB, 10 MB of it without a line break, for each start and all logs",
  expects: `up ends well, no process takes ${MAX_MB} MB for it, the state grows by less than 64 KiB, down works`,
  boundMs: { F: 30_000, E: 60_000 },
  run: async (trial) => {
    const { temporaryFolder } = trial.world;
    await trial.start();
    // An identical change without the noise, since an update takes more memory than a start.
    let stop = watchMemory(temporaryFolder);
    await trial.stage(() => trial.up({ [HARMLESS_VARIABLE]: "true" }));
    const quiet = stop();
    const quietBytes = await stateBytes(trial.deployment);
    const noisy = await trial.fake.noisy(...NOISE);
    const logs = await trial.fake.printing(...NOISE);
    trial.configure({ options: { logTail: 100 } });
    trial.fake.docker.answer({ up: noisy, logs });
    stop = watchMemory(temporaryFolder);
    const up = await trial.up({ [HARMLESS_VARIABLE]: "false" });
    const peaks = stop();
    trial.expectSuccess(up);
    for (const reason of tooLarge(peaks, quiet)) {
      trial.expect(false, reason);
    }
    const bytes = await stateBytes(trial.deployment);
    trial.expect(
      bytes <= quietBytes + MAX_STATE_GROWTH_BYTES,
      `the state has grown from ${quietBytes} to ${bytes} bytes`,
    );
    trial.expectSuccess(await trial.down());
  },
};

function tooLarge(peaks: PeaksMb, quiet: PeaksMb): string[] {
  return Object.entries(peaks)
    .filter(([program, mb]) => mb > Math.max(MAX_MB, (quiet[program] ?? 0) + MAX_GROWTH_MB))
    .map(([program, mb]) => {
      const before = Math.round(quiet[program] ?? 0);
      return `${program} had ${Math.round(mb)} MB, and ${before} MB without the noise`;
    });
}

async function stateBytes(deployment: {
  state?(): Promise<{ readonly text: string }>;
}): Promise<number> {
  return Buffer.byteLength((await deployment.state?.())?.text ?? "");
}
