import { describe, expect, it } from "vitest";
import { bootSlowly } from "../../../../bench/boot/suite.ts";
import { lagoDocument } from "../../../../testing/world/compose-file.ts";

describe("a slow Lago", () => {
  it("has an api and a worker that start late, and nothing else changed", () => {
    const document = lagoDocument();
    bootSlowly(document, 20);
    const late = Object.entries(document.services)
      .filter(([, { environment }]) => environment?.LAGO_SANDBOX_BOOT_SECONDS === "20")
      .map(([name]) => name);
    expect(late).toEqual(["api", "api-worker"]);
    for (const name of late) {
      delete document.services[name]?.environment?.LAGO_SANDBOX_BOOT_SECONDS;
    }
    expect(document).toEqual(lagoDocument());
  });
});
