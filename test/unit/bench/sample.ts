/** A small report, for tests of what is made of one. */
import { type Figures, judge } from "../../../bench/report/judge.ts";
import type { Measured, SuiteReport } from "../../../bench/report/result.ts";

/** Figures of three contenders at three pieces of work. */
export const FIGURES: Figures = {
  id: "life",
  title: "The life of a deployment",
  how: "By a clock.",
  command: "npm run bench -- --json /tmp/one.json",
  date: "2026-11-25",
  rounds: 5,
  hardware: "2 cores",
  versions: { compose: "2.26.1" },
  contenders: [
    { name: "ours", title: "z-billing-lago" },
    { name: "raw", title: "docker compose" },
    { name: "floor", title: "an empty Pulumi program" },
  ],
  work: [
    { id: "start", title: "first start", unit: "ms" },
    { id: "destroy", title: "destroy", unit: "ms" },
    { id: "preview", title: "preview", unit: "ms" },
  ],
  measured: [
    measured("ours", "start", 6_000),
    measured("raw", "start", 8_000),
    measured("ours", "destroy", 500),
    measured("raw", "destroy", 1_000),
    measured("floor", "destroy", 250),
    { contender: "raw", work: "preview", samples: [], notDone: "no network\nzbl-test-54ab4852" },
  ],
};

/** With its goals, of which one is missed, one reached, and the others not measured. */
export const REPORT: SuiteReport = { ...FIGURES, goals: judge(FIGURES) };

/** Samples of one contender at one piece of work. */
export function measured(contender: string, work: string, ...samples: number[]): Measured {
  return { contender, work, samples };
}
