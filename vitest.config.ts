import { defineConfig } from "vitest/config";

const setupFiles = ["test/support/lock-folder.ts"];

/** Deployments are waited for, and cost a core or more while they change. */
const E2E = {
  setupFiles,
  testTimeout: 600_000,
  hookTimeout: 600_000,
};

/** Files of one kind, and how many of them run at the same time on two cores. */
export default defineConfig({
  test: {
    // Mostly waiting for child processes: one worker, the default on two cores, would leave one idle.
    maxWorkers: 2,
    projects: [
      {
        test: {
          name: "unit",
          include: ["test/unit/**/*.test.ts"],
          setupFiles,
          testTimeout: 30_000,
        },
      },
      // One unit with real child processes: the command line, a scripted docker, git, npm.
      {
        test: {
          name: "integration",
          include: ["test/integration/**/*.test.ts"],
          setupFiles,
          testTimeout: 30_000,
        },
      },
      {
        test: {
          name: "component",
          include: ["test/component/**/*.test.ts"],
          setupFiles,
          testTimeout: 30_000,
        },
      },
      {
        test: {
          name: "conformance",
          include: ["test/conformance/**/*.test.ts"],
          setupFiles,
          testTimeout: 300_000,
          hookTimeout: 300_000,
          fileParallelism: false,
        },
      },
      // What `npm test` proves with real deployments.
      { test: { ...E2E, name: "e2e", include: ["test/e2e/*.test.ts"] } },
      // What is long or rarely fails: `npm run test:all`.
      { test: { ...E2E, name: "long", include: ["test/e2e/long/**/*.test.ts"] } },
      // What looks at the machine as a whole, or at times: `npm run test:all`.
      {
        test: {
          ...E2E,
          name: "alone",
          include: ["test/e2e/alone/**/*.test.ts"],
          fileParallelism: false,
        },
      },
    ],
  },
});
