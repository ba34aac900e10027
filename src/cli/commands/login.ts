import { DeployError, invalidConfig } from "../../errors.ts";
import { loginLines, loginWithSecrets } from "../../pulumi/cli/login-text.ts";
import { type DeploymentLogin, loginsIn, type StackLogin } from "../../pulumi/cli/stack-login.ts";
import { readStackState } from "../../pulumi/cli/stack-state.ts";
import { zbl } from "../../text/zbl.ts";
import type { CommandContext } from "../command-context.ts";
import { stackOf } from "./keys-stack.ts";

interface LoginOptions {
  readonly stack?: string;
  readonly project?: string;
  readonly cwd: string;
  readonly showSecrets?: boolean;
  readonly json?: boolean;
}

/**
 * Shows the login of the organization that a stack has opened: its URL and address, and the secrets
 * only if they are asked for.
 *
 * @throws DeployError of kind `InvalidConfig` when no stack is named, or when it opens no organization
 */
export async function loginCommand(
  context: CommandContext,
  argument: string | undefined,
  options: LoginOptions,
): Promise<void> {
  const stack = argument ?? options.stack;
  if (stack === undefined) {
    const message = `name the stack, as in ${zbl("login", "prod")}`;
    throw invalidConfig([{ field: "stack", message }]);
  }
  const resources = await readStackState(stackOf(context, { stack, cwd: options.cwd }), true);
  const login = loginOf(loginsIn(resources), stack, options.project);
  const { url, email } = login;
  const isOpen = options.showSecrets === true;
  context.output.result(
    options.json === true
      ? JSON.stringify(isOpen ? login : { url, email })
      : (isOpen ? loginWithSecrets(login) : loginLines(login, stack)).join("\n"),
  );
}

function loginOf(
  deployments: readonly DeploymentLogin[],
  stack: string,
  project: string | undefined,
): StackLogin {
  const meant = deployments.filter(
    ({ projectName }) => project === undefined || projectName === project,
  );
  const [only, ...more] = meant;
  if (only === undefined || more.length > 0) {
    const names = deployments.map(({ projectName }) => projectName).join(", ");
    const hint =
      names === ""
        ? `nothing is deployed. To deploy it: ${zbl("up", stack)}`
        : `it deploys ${names}. Name one of them with --project`;
    throw new DeployError("InvalidConfig", `Stack ${stack} has no login to show: ${hint}`);
  }
  if (only.login === undefined) {
    const open = only.frontUrl === undefined ? "" : ` at ${only.frontUrl}`;
    throw new DeployError(
      "InvalidConfig",
      [
        `Stack ${stack} opens no organization, so only you know your login${open}. To have one opened where there is none:`,
        `  ${zbl("set", stack, "organization.name", "Acme")}`,
        `  ${zbl("set", stack, "organization.email", "you@acme.example")}`,
        `  ${zbl("up", stack)}`,
      ].join("\n"),
    );
  }
  return only.login;
}
