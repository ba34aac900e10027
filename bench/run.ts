/** Runs the chosen suites one after the other. */
import { versions } from "../testing/report/versions.ts";
import type { Chosen } from "./choose.ts";
import { Collected } from "./collect.ts";
import { quantity } from "./report/figures.ts";
import { hardware } from "./report/hardware.ts";
import { judge } from "./report/judge.ts";
import type { SuiteReport } from "./report/result.ts";

/** Options of a run. */
export interface RunOptions {
  /** Requested number of rounds. */
  readonly rounds: number;
  /** Command line of the run. */
  readonly command: string;
  readonly signal: AbortSignal;
  /** Called with each figure, in words. */
  readonly onProgress: (line: string) => void;
}

/** Runs a suite, and returns its report. */
export async function runSuite(
  { suite, contenders, work }: Chosen,
  { rounds: asked, command, signal, onProgress }: RunOptions,
): Promise<SuiteReport> {
  const collected = new Collected();
  const rounds = suite.rounds(asked);
  await suite.run({
    ...{ rounds, signal },
    contenders: contenders.map(({ name }) => name),
    work: work.map(({ id }) => id),
    onResult: (round, contender, id, result) => {
      collected.add(contender, id, result);
      const unit = work.find((one) => one.id === id)?.unit ?? "ms";
      const text = typeof result === "number" ? quantity(result, unit) : result;
      onProgress(`${suite.id}, round ${round} of ${rounds}, ${contender}, ${id}: ${text}`);
    },
  });
  const own = await Promise.all(contenders.map((one) => one.versions?.() ?? {}));
  const figures = {
    ...{ id: suite.id, title: suite.title, how: suite.how, command, rounds },
    date: new Date().toISOString().slice(0, 10),
    hardware: hardware(),
    versions: Object.assign(await versions(), ...own) as Record<string, string>,
    contenders: contenders.map(({ name, title }) => ({ name, title })),
    work: work.map(({ id, title, unit }) => ({ id, title, unit })),
    measured: collected.measured,
  };
  return { ...figures, goals: judge(figures) };
}
