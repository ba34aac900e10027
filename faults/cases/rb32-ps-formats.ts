import fc from "fast-check";
import { parsePs } from "../../src/docker/compose-ps.ts";
import { DeployError } from "../../src/errors.ts";
import { psLine } from "../../testing/scripted-docker/answers.ts";
import type { FaultCase } from "../case.ts";
import type { Trial } from "../trial.ts";

const FUZZ_RUNS = 10_000;

const LINES = psLine("api") + psLine("db") + psLine("migrate", { State: "exited", Health: "" });
const ARRAY = `[${LINES.trim().split("\n").join(",")}]\n`;
const WARNING =
  'time="2026-11-23T01:02:58Z" level=warning msg="The \\"X\\" variable is not set."\n';
const TRUNCATED = LINES.slice(0, -20);

export const faultCase: FaultCase = {
  id: "RB32",
  name: "ps-formats",
  levels: ["F"],
  injects: "`docker compose ps` answers in the forms of all releases, and cut off",
  expects: "status says the same of each form, and ParseError of what is none; nothing is uncaught",
  boundMs: { F: 10_000 },
  run: async (trial) => {
    if (trial.subject.showsComposeTable) {
      trial.notApplicable("it shows compose's own table and reads none");
    }
    await trial.start();
    const expected = await statusOf(trial, LINES);
    trial.expect(/\bapi\b.*\bhealthy\b/.test(expected), "status does not show the services");
    for (const [form, text] of [
      ["an array", ARRAY],
      ["an array over several lines", JSON.stringify(JSON.parse(ARRAY), undefined, 2)],
      ["warnings first", WARNING + WARNING + LINES],
      ["Windows breaks", LINES.replaceAll("\n", "\r\n")],
    ] as const) {
      trial.expect((await statusOf(trial, text)) === expected, `status differs with ${form}`);
    }
    const single = await statusOf(trial, psLine("api"));
    trial.expect(/\bapi\b/.test(single) && !/\bdb\b/.test(single), "a single object is misread");
    trial.expect(!/\bapi\b/.test(await statusOf(trial, "")), "an empty answer is misread");

    trial.fake.docker.answer({ ps: { stdout: TRUNCATED } });
    const cut = await trial.status();
    trial.expectFailure(cut, { kind: "ParseError", words: /json|parse/i });
    if (trial.subject.ours) {
      trial.expect(uncaught() === undefined, `parsePs lets through ${uncaught()}`);
    }
  },
};

async function statusOf(trial: Trial, ps: string): Promise<string> {
  trial.fake.docker.answer({ ps: { stdout: ps } });
  const status = await trial.status();
  trial.expectSuccess(status);
  return status.stdout;
}

/**
 * Feeds damaged real answers to the parser, and returns the first error that is not a {@link
 * DeployError}.
 */
function uncaught(): string | undefined {
  const damaged = fc
    .tuple(
      fc.constantFrom(LINES, ARRAY, WARNING + LINES),
      fc.nat(LINES.length),
      fc.string({ unit: "binary", maxLength: 8 }),
      fc.nat(40),
    )
    .map(([text, at, put, cut]) => text.slice(0, at) + put + text.slice(at + cut));
  const result = fc.check(
    fc.property(fc.oneof(damaged, fc.string({ unit: "binary" }), fc.json()), (text) => {
      try {
        parsePs(text);
      } catch (error) {
        return DeployError.isDeployError(error) && error.kind === "ParseError";
      }
      return true;
    }),
    { numRuns: FUZZ_RUNS },
  );
  return result.failed ? JSON.stringify(result.counterexample) : undefined;
}
