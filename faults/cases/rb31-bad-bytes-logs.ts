import { HARMLESS_VARIABLE } from "../../testing/world/compose-file.ts";
import type { FaultCase } from "../case.ts";
import type { Ended } from "../subjects/subject.ts";
import type { Trial } from "../trial.ts";

const PIPE_BYTES = 64 * 1024;

/**
 * Invalid bytes, half of a surrogate pair, terminal commands, and characters split across two
 * reads.
 */
const LINE = Buffer.concat([
  Buffer.from("api-1  | \xff\xfe\x80 ", "latin1"),
  Buffer.from([0xed, 0xa0, 0x80, 0x20]),
  Buffer.from(
    "\u001b[2J\u001b[31mred\u001b]0;title\u0007 over\rwritten \u0000 \u009b1m \u202eback\n",
  ),
]);
const BYTES = Buffer.concat([
  ...Array.from({ length: 20 }, () => LINE),
  Buffer.alloc(PIPE_BYTES - ((20 * LINE.length) % PIPE_BYTES) - 1, "x"),
  Buffer.from("ü€😀\n".repeat(PIPE_BYTES / 10)),
  ...Array.from({ length: 20 }, () => LINE),
]);

/**
 * Characters that move a terminal's cursor or hide text: all control characters but breaks and
 * tabs.
 */
const CONTROL = /[\p{Cc}\p{Cs}\u202a-\u202e\u2066-\u2069]/u;

export const faultCase: FaultCase = {
  id: "RB31",
  name: "bad-bytes-logs",
  levels: ["F", "E"],
  injects: "docker and the services print what is no UTF-8, and commands to a terminal",
  expects: "up and status succeed again and again, errors too show nothing but text",
  boundMs: { F: 20_000, E: 60_000 },
  run: async (trial) => {
    await trial.start();
    trial.configure({ options: { logTail: 100 } });
    const { docker } = trial.fake;
    const noisy = await trial.fake.noisy({ bytes: BYTES, times: 1 });
    const logs = await trial.fake.printing({ bytes: BYTES, times: 1 });
    docker.answer({ up: noisy, pull: noisy, logs });
    for (const value of ["true", "false"]) {
      const up = await trial.up({ [HARMLESS_VARIABLE]: value });
      trial.expectSuccess(up);
      expectText(trial, up);
    }
    if (trial.level === "F") {
      trial.fake.misbehave({ migrate: { exitCode: 7 } });
      const failed = await trial.up({ [HARMLESS_VARIABLE]: "true" });
      trial.expectFailure(failed, {
        kind: "MigrationFailed",
        words: /didn't complete successfully/,
        names: /\bmigrate\b/,
      });
      expectText(trial, failed);
    }
    const status = await trial.status();
    trial.expectSuccess(status);
    expectText(trial, status);
  },
};

function expectText(trial: Trial, { operation, output }: Ended): void {
  const found = CONTROL.exec(output.replaceAll(/[\n\t]/g, ""))?.[0];
  const code = found?.codePointAt(0)?.toString(16).toUpperCase().padStart(4, "0");
  trial.expect(found === undefined, `${operation} prints the control character U+${code}`);
}
