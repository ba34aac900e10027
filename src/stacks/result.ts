/** Result of a deploy: the services, their addresses, and the next commands. */
import { deployStatusOf } from "../deployment/inspected-status.ts";
import type { DeployStatus } from "../deployment/status.ts";
import { loginLines, type PublicLogin } from "../pulumi/cli/login-text.ts";
import { zbl } from "../text/zbl.ts";
import { destroyCommand } from "./commands.ts";
import type { StackContext } from "./context.ts";
import { message } from "./message.ts";
import { standingOf } from "./standing.ts";
import type { StackDeployment, StackState } from "./state.ts";

/** Parts of the result that not every deploy has. */
export interface ResultOptions {
  /** Whether the stack was deployed for the first time. */
  readonly isFirst: boolean;
  /** Logins of the organizations that the deploy has opened. */
  readonly logins: readonly PublicLogin[];
}

/** Shows what a stack runs, and to a person after the first deploy the commands that come next. */
export async function showResult(
  { display }: Pick<StackContext, "display">,
  stack: string,
  { deployments }: StackState,
  { isFirst, logins }: ResultOptions,
): Promise<void> {
  if (deployments.length === 0) {
    display.result(`Stack ${stack} is deployed. It has no Lago.`);
    return;
  }
  const standings = await standingOf(deployments);
  const parts = deployments.map((deployment, index) => {
    const containers = standings[index]?.containers;
    const status = deployStatusOf(containers ?? []);
    const table = display.statusTable(deployment.projectName, status);
    return deploymentText(deployment, containers === undefined ? undefined : table, status);
  });
  const opened = logins.map((login) => loginLines(login, stack).join("\n"));
  const proxies = isFirst ? deployments.flatMap((one) => proxyText(one)) : [];
  const next =
    isFirst && display.isTerminal
      ? [nextSteps(stack, logins.length > 0 ? undefined : deployments[0]?.frontUrl)]
      : [];
  display.result(`\n${[...parts, ...proxies, ...opened, ...next].join("\n\n")}`);
}

function deploymentText(
  { projectName, frontUrl, apiUrl }: StackDeployment,
  table: string | undefined,
  { containers }: DeployStatus,
): string {
  const standIns = containers.some(({ standIn }) => standIn)
    ? ["", "Stand-ins take the place of Lago's own images: good for trying out, not for billing."]
    : [];
  const urls = [
    ...(frontUrl === undefined ? [] : [`Lago's front: ${frontUrl}`]),
    ...(apiUrl === undefined ? [] : [`Lago's API:   ${apiUrl}`]),
  ];
  return [
    table ?? `The Docker engine of project ${projectName} does not answer.`,
    ...standIns,
    ...(urls.length === 0 ? [] : ["", ...urls]),
  ].join("\n");
}

/** Tells what is still to be done for addresses that the deployment does not answer itself. */
function proxyText({ frontUrl, apiUrl }: StackDeployment): string[] {
  const urls = [frontUrl, apiUrl].filter((url) => url?.startsWith("https:"));
  return urls.length === 0
    ? []
    : [
        `This deployment speaks no HTTPS: ${urls.join(" and ")} ${urls.length === 1 ? "answers" : "answer"} once a proxy with a certificate passes the requests on to the ports above. examples/reverse-proxy is one; docs/production.md#tls-in-front explains it.`,
      ];
}

/** @param frontUrl address at which nobody can log in yet; undefined where somebody can */
function nextSteps(stack: string, frontUrl: string | undefined): string {
  return message("What next:", [
    ...(frontUrl === undefined ? [] : [["Sign up in the browser", frontUrl] as const]),
    ["What runs", zbl("status", stack)],
    ["The logs", zbl("logs", stack, "--follow")],
    ["Undo, data stays", destroyCommand({ stack })],
  ]);
}
