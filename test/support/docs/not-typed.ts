/** Commands of the documents that no test types, each with the reason. */

/** Commands that share a reason. */
export interface NotTyped {
  readonly because: string;
  /** As they stand in the documents. */
  readonly commands: readonly string[];
}

/** What needs the internet, beside the blocks that say so above them. */
const NEEDS_THE_INTERNET: NotTyped = {
  because: "needs the internet",
  commands: [
    "brew install flock",
    "docker login",
    "npm audit --omit=dev",
    "npm publish",
    "npm run setup:ansible",
    "pulumi login",
    "pulumi plugin install resource command 1.2.1 --reinstall",
  ],
};

/** What is named, and typed by nobody for what the document is about. */
const ONLY_NAMED: NotTyped = {
  because: "is named as what others run, or as what not to do",
  commands: [
    "docker compose",
    "./zbl init",
    "docker compose up",
    "docker compose down",
    "docker compose ls",
    "docker compose ps",
    "docker compose run api env",
    "docker compose up --detach",
    "docker compose up --detach --wait",
    "docker system dial-stdio",
    "docker volume prune --all",
    "./zbl destroy",
    "./zbl set",
    "./zbl up",
  ],
};

const RUNS_OF_TESTS: NotTyped = {
  because: "runs tests, among them maybe the one that would type it; CI runs them all",
  commands: [
    "npm test",
    "npm test -- --before before.json",
    "npm test -- --only component",
    "npm test -- --report before.json",
    "npm run check",
    "npm run test:all",
    "npm run test:unit",
    "npx vitest run --project alone test/e2e/alone/probing.test.ts",
    "npx vitest run --project integration test/integration/cli/commands/exec.test.ts",
    "npx vitest run --project conformance test/conformance/wire.test.ts",
    "npx vitest run --project e2e test/e2e/keys.test.ts",
    "npx vitest run --project long test/e2e/long/plan.test.ts",
    "npx vitest run --project unit test/unit/lago/catalogue",
    "npx vitest run --project unit test/unit/spec",
    "npx vitest run --project unit test/unit/checks",
    "npx vitest run --project unit test/unit/cli/commands/lint",
    "npx vitest run --project unit test/unit/faults",
  ],
};

const ANOTHER_WAY: NotTyped = {
  because: "is done by other means in the test that is named",
  commands: [
    // From the archive, as the package is not published: test/e2e/long/package/installed.ts.
    // A clone of this very checkout: test/e2e/support/documented/clone.ts.
    "git clone URL z-billing-lago && cd z-billing-lago",
    "npm install",
    "npm install ../../z-billing-lago-*.tgz",
    "npm install ../z-billing-lago/z-billing-lago-*.tgz",
    // With this very stack, by what the tests' workspaces begin with: testing/pulumi.ts.
    "pulumi stack init dev",
    // Set in the config of the stack, and removed with its project: test/e2e/long/reverse-proxy.test.ts.
    "./zbl set prod behindProxy true",
    "docker network rm lago-prod_proxy",
    // Read from that document and typed with another name: test/e2e/long/reverse-proxy.test.ts.
    "pulumi up --replace '**lago-proxy'",
    // Set in the config of the stack that opens it: test/e2e/lago-file.test.ts.
    "./zbl set prod organization.name Acme",
    "./zbl set prod organization.email you@acme.example",
    // Typed with names of the test's own: test/e2e/adopt.test.ts.
    "./zbl set prod environment.NAME",
    "./zbl set staging projectName lago-staging",
    // Needs Rails, which no stand-in has.
    `./zbl rails prod runner 'User.find_by(email: "you@acme.example").update!(password: "a-new-password")'`,
    // By ssh on the loopback address: test/e2e/long/remote-host.test.ts.
    "ssh -L 3000:localhost:3000 …",
    "ssh -L 8080:127.0.0.1:8080 -L 3000:127.0.0.1:3000 HOST",
    "ssh USER@HOST docker version",
  ],
};

/** All of them. */
export const NOT_TYPED: readonly NotTyped[] = [
  NEEDS_THE_INTERNET,
  ONLY_NAMED,
  RUNS_OF_TESTS,
  ANOTHER_WAY,
];

/**
 * Documents that are made from measurements, and the commands by which they say they were made. A test
 * asks the help of each for its options (`test/e2e/long/docs/tools.test.ts`).
 */
export const MEASUREMENTS: Readonly<Record<string, RegExp>> = {
  "docs/benchmark.md": /^npm run bench -- /,
  "docs/faults.md": /^npm run faults -- /,
};
