/** URLs and switches that compose files give where nobody chose others. */
import { describe, expect, it } from "vitest";
import type { LagoStackArgs } from "../../src/pulumi/stack/args.ts";
import { resolved, reveal } from "../support/pulumi-mocks.ts";
import { build, COMPOSE } from "./stack.ts";

interface Files {
  readonly url?: string;
  readonly signup?: string;
  readonly port?: string;
}

/** Environment of the deployment, and its API's URL, for files with these values. */
async function built({ url, signup, port = "3000" }: Files, args: LagoStackArgs = {}) {
  const api = {
    image: "getlago/api:v1.50.0",
    environment: { LAGO_API_URL: url, LAGO_DISABLE_SIGNUP: signup },
    ports: [{ target: 3000, published: port, protocol: "tcp" }],
  };
  const front = { image: "getlago/front:v1.50.0" };
  const compose = { ...COMPOSE, config: { stdout: JSON.stringify({ services: { api, front } }) } };
  const { stack, byName } = await build(args, { compose });
  const { environment } = byName("lago-deployment").inputs;
  const { LAGO_API_URL, LAGO_DISABLE_SIGNUP } = reveal<Record<string, string>>(environment);
  expect(await resolved(stack.apiUrl)).toBe(LAGO_API_URL);
  return { url: LAGO_API_URL, signup: LAGO_DISABLE_SIGNUP };
}

const PUBLIC = "https://billing.example.com";

describe("the URL of the api", () => {
  it.each<[string, Files, LagoStackArgs, string]>([
    ["a literal of the files", { url: PUBLIC }, {}, PUBLIC],
    ["a default of the files", { url: `\${LAGO_API_URL:-${PUBLIC}}` }, {}, PUBLIC],
    [
      "another variable of the files",
      { url: "${OUR_URL}" },
      { environment: { OUR_URL: PUBLIC } },
      PUBLIC,
    ],
    [
      "a literal of the files beside a chosen port",
      { url: PUBLIC },
      { ports: { api: 4000 } },
      PUBLIC,
    ],
    [
      "a local literal of the files",
      { url: "http://localhost:24207/" },
      {},
      "http://localhost:24207/",
    ],
    [
      "the chosen port instead of a local literal",
      { url: "http://localhost:24207" },
      { ports: { api: 4000 } },
      "http://localhost:4000",
    ],
    ["the port in the files", { port: "${API_PORT:-24207}" }, {}, "http://localhost:24207"],
    [
      "the port in the files instead of a local default",
      { url: "${LAGO_API_URL:-http://localhost:3000}", port: "24207" },
      {},
      "http://localhost:24207",
    ],
    [
      "a setting",
      { url: PUBLIC },
      { config: { apiUrl: "https://other.example.com" } },
      "https://other.example.com",
    ],
    ["Lago's default where the files give none", {}, {}, "http://localhost:3000"],
  ])("is %s", async (_, files, args, expected) => {
    expect((await built({ signup: "true", ...files }, args)).url).toBe(expected);
  });
});

describe("the switch of sign-up", () => {
  it("stays as the files have it, also as a default, unless the config says otherwise", async () => {
    expect((await built({ signup: "true" })).signup).toBe("true");
    expect((await built({ signup: "${LAGO_DISABLE_SIGNUP:-true}" })).signup).toBe("true");
    expect((await built({ signup: "${LAGO_DISABLE_SIGNUP:-false}" })).signup).toBe("false");
    expect((await built({ signup: "true" }, { config: { disableSignup: false } })).signup).toBe(
      "false",
    );
  });
});
