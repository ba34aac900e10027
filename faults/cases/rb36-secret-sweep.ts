import { HARMLESS_VARIABLE } from "../../testing/world/compose-file.ts";
import type { FaultCase } from "../case.ts";
import type { Trial } from "../trial.ts";

const COLUMNS = 64;

export const faultCase: FaultCase = {
  id: "RB36",
  name: "secret-sweep",
  levels: ["F", "E"],
  injects:
    "docker and the services print all secrets, raw, escaped, encoded and split over lines, when all is well and when it is not",
  expects:
    "no secret is in an argument, output, file or state, whatever is done and however it ends",
  boundMs: { F: 20_000, E: 60_000 },
  run: async (trial) => {
    const { docker, modeled } = trial.fake;
    await trial.start();
    const bytes = Buffer.from(spoken(Object.values(trial.world.secrets)));
    const noisy = await trial.fake.noisy({ bytes, times: 1 });
    const logs = await trial.fake.printing({ bytes, times: 1 });
    docker.answer({ up: noisy, pull: noisy, logs });
    trial.configure({ options: { logTail: 500 } });
    trial.expectSuccess(await trial.up({ [HARMLESS_VARIABLE]: "true" }));
    // Only operations that the subject has: the case judges output, not features.
    for (const operation of ["preview", "refresh", "status"] as const) {
      if (await trial.offers(operation)) {
        await trial[operation]();
      }
    }

    const full = `${bytes}\nwrite /var/lib/docker/x: no space left on device\n${bytes}\n`;
    docker.answer({ up: { exitCode: 1, stderr: full }, pull: { exitCode: 1, stderr: full } });
    await expectFailed(trial, "false", { kind: "DiskFull", words: /no space left on device/ });

    // Repeats the failed change: the deployment before it still runs.
    docker.answer({ up: noisy, pull: modeled });
    trial.fake.misbehave({ migrate: { exitCode: 7 } });
    await expectFailed(trial, "false", {
      ...{ kind: "MigrationFailed", words: /didn't complete successfully/, names: /\bmigrate\b/ },
    });
  },
};

async function expectFailed(
  trial: Trial,
  value: string,
  failure: Parameters<Trial["expectFailure"]>[1],
): Promise<void> {
  trial.expectFailure(await trial.up({ [HARMLESS_VARIABLE]: value }), failure);
}

/** Texts with secrets in them, as programs log them. */
function spoken(secrets: readonly string[]): string {
  return secrets
    .flatMap((secret) => {
      const code = Buffer.from(secret).toString("base64");
      const url = `postgresql://lago:${encodeURIComponent(secret)}@db:5432/lago`;
      return [
        `password is ${secret}`,
        JSON.stringify({ inner: JSON.stringify({ secret }) }),
        url,
        code,
        Buffer.from(`lago:${secret}`).toString("base64url"),
        ...[secret, code].map((text) => inColumns(text).join("\n    ")),
        ...[secret, code].map((text) => inColumns(text).join("\n")),
      ];
    })
    .map((line) => `migrate-1  | ${line}\n`)
    .join("");
}

function inColumns(text: string): string[] {
  return text.match(new RegExp(`[^]{1,${COLUMNS}}`, "g")) ?? [];
}
