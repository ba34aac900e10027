import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { caddyfile } from "../../../../bench/requests/caddy.ts";
import { ROOT } from "../../../../testing/folders.ts";

const EXAMPLE = readFileSync(join(ROOT, "examples/reverse-proxy/Caddyfile"), "utf8");

describe("the file of the benchmark's Caddy", () => {
  it("is the example's without TLS", () => {
    expect(caddyfile(EXAMPLE, false)).toBe(EXAMPLE.replaceAll("https://", "http://"));
  });

  it("has ports of the host in place of names, and all else as the example", () => {
    const text = caddyfile(EXAMPLE, true);
    expect(text).toContain("reverse_proxy 127.0.0.1:{$API_NAME} {\n\t\timport patient\n\t}");
    expect(text).toContain("reverse_proxy 127.0.0.1:{$FRONT_NAME} {\n\t\timport patient\n\t}");
    expect(text).not.toMatch(/dynamic|-any/);
    expect(text).toContain("lb_try_duration 60s");
  });
});
