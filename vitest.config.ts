import { defineConfig } from "vitest/config";

const setupFiles = ["test/support/lock-folder.ts"];

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
      {
        test: {
          name: "e2e",
          include: ["test/e2e/**/*.test.ts"],
          setupFiles,
          testTimeout: 600_000,
          hookTimeout: 600_000,
          fileParallelism: false,
        },
      },
    ],
  },
});
