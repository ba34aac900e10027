/** `login` with a `pulumi` that prints a state. */
import { describe, expect, it } from "vitest";
import { loginCommand } from "../../../../src/cli/commands/login.ts";
import { DeployError } from "../../../../src/errors.ts";
import { loginsIn } from "../../../../src/pulumi/cli/stack-login.ts";
import { testContext } from "../../../support/command-context.ts";
import { useFakePulumi } from "../../../support/fake-pulumi.ts";

const LOGIN = {
  url: "https://billing.example.com",
  email: "you@acme.example",
  password: "hunter2-password",
  apiKey: "hunter2-key",
};

/** The component of a deployment, as `pulumi stack export --show-secrets` prints it. */
const deployed = (projectName: string, login?: object, standIn = false) => ({
  type: "z-billing-lago:index:LagoStack",
  outputs: {
    projectName,
    frontUrl: LOGIN.url,
    services: [{ name: "front", standIn }],
    ...(login === undefined ? {} : { login: { plaintext: JSON.stringify(login) } }),
  },
});

async function login(
  resources: readonly object[],
  options: Partial<Parameters<typeof loginCommand>[2]> = {},
  stack: string | null = "prod",
) {
  const pulumi = useFakePulumi();
  pulumi.answer({
    "stack ls": { stdout: JSON.stringify([{ name: "dev" }, { name: "prod", current: true }]) },
    "stack export": { stdout: JSON.stringify({ deployment: { resources } }) },
  });
  const { context, written } = testContext({
    environment: { PATH: `${pulumi.folder}:/usr/bin:/bin` },
  });
  const error = await loginCommand(context, stack ?? undefined, {
    cwd: pulumi.folder,
    ...options,
  }).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (error !== undefined && !DeployError.isDeployError(error)) {
    throw error;
  }
  const { notes } = written;
  return { said: written.results.join("\n"), notes, error, calls: pulumi.calls() };
}

describe("login", () => {
  it("shows where and as whom, and the command that shows the rest", async () => {
    const { said, calls } = await login([deployed("lago-prod", LOGIN)]);
    expect(said).toBe(
      [
        "Log in at https://billing.example.com as you@acme.example.",
        "To show the password and the API key: ./zbl login prod --show-secrets",
      ].join("\n"),
    );
    expect(calls.at(-1)).toBe("stack export --show-secrets --stack prod --non-interactive");
  });

  it("tells that stand-ins know no logins", async () => {
    const { notes } = await login([deployed("lago-prod", LOGIN, true)]);
    expect(notes).toContain(
      "Stack prod runs stand-ins for Lago's own images, and they know no logins.",
    );
    expect((await login([deployed("lago-prod", LOGIN)])).notes.join()).not.toContain("stand-ins");
  });

  it("shows password and API key only when it is told to", async () => {
    const resources = [deployed("lago-prod", LOGIN)];
    expect((await login(resources, { json: true })).said).toBe(
      JSON.stringify({ url: LOGIN.url, email: LOGIN.email }),
    );
    const shown = await login(resources, { showSecrets: true });
    expect(shown.said).toContain("Password  hunter2-password");
    expect(shown.said).toContain("API key   hunter2-key");
    const asJson = await login(resources, { showSecrets: true, json: true });
    expect(JSON.parse(asJson.said)).toEqual(LOGIN);
  });

  it("says which secrets nobody knows any more", async () => {
    const { url, email } = LOGIN;
    const { said } = await login([deployed("lago-prod", { url, email })], { showSecrets: true });
    expect(said).toContain("Password  not known");
  });

  it("takes the stack as an option too, and the selected one otherwise", async () => {
    const { said } = await login([deployed("lago-prod", LOGIN)], { stack: "prod" }, null);
    expect(said).toContain("./zbl login prod");
    const selected = await login([deployed("lago-prod", LOGIN)], {}, null);
    expect(selected.said).toContain("./zbl login prod");
  });

  it("tells how to have an organization opened where the stack opens none", async () => {
    const { error } = await login([deployed("lago-prod")]);
    expect(error?.kind).toBe("InvalidConfig");
    expect(error?.message).toContain("./zbl set prod organization.name Acme");
    expect(error?.message).toContain("./zbl up prod");
  });

  it("tells what is deployed where that leaves open what is meant", async () => {
    const none = await login([]);
    expect(none.error?.message).toContain("nothing is deployed");
    const both = [
      deployed("lago-a", LOGIN),
      deployed("lago-b", { ...LOGIN, email: "b@b.example" }),
    ];
    expect((await login(both)).error?.message).toContain("lago-a, lago-b");
    expect((await login(both, { project: "lago-b" })).said).toContain("b@b.example");
  });
});

it("passes over deployments that were never finished", () => {
  expect(loginsIn([{ type: "z-billing-lago:index:LagoStack" }])).toEqual([]);
});
