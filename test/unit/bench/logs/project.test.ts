import { describe, expect, it } from "vitest";
import { logDocument, WRITER } from "../../../../bench/logs/project.ts";

describe("a long log", () => {
  it("is kept whole, and no longer looked at once it is written", () => {
    expect(logDocument(1_000)).toMatchObject({
      services: {
        [WRITER]: {
          entrypoint: ["/bin/sh", "-c", expect.stringMatching(/^yes x{399} \| head -c 1000; /)],
          logging: { driver: "json-file" },
          healthcheck: { interval: "1h" },
        },
      },
    });
  });
});
