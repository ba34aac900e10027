// What programs say in TypeScript, and what must not pass.
import { output } from "@pulumi/pulumi";
import {
  DeployError,
  type DeployErrorKind,
  deploy,
  keyVariables,
  LagoConfig,
  LagoDeployment,
  type LagoSettings,
  LagoStack,
  type LagoStackArgs,
  newKeys,
  type WantedPorts,
} from "z-billing-lago";

const ports: WantedPorts = { api: "auto", front: 8080 };
const settings: LagoSettings = { mail: { smtpAddress: "smtp.example.com" } };

export async function start(folder: string): Promise<DeployErrorKind | undefined> {
  const config = new LagoConfig().withSecretKeyBase("0".repeat(128)).withDisableSignup(true);
  const lago = new LagoDeployment(folder, { ports }).withConfig(config);
  try {
    await deploy(lago);
    const { running, services } = await lago.status();
    const states: string[] = services.map(([name, status]) => `${name} ${status}`);
    console.log(running, states);
    return undefined;
  } catch (error) {
    return error instanceof DeployError ? error.kind : undefined;
  }
}

export async function bundled(): Promise<LagoDeployment> {
  const environment = keyVariables(await newKeys());
  return new LagoDeployment({ projectName: "own", ports, environment }, new LagoConfig());
}

const args: LagoStackArgs = {
  config: { apiUrl: output("https://billing-api.example.com") },
  ports: { api: 3100 },
  settings,
};
export const apiUrl: ReturnType<typeof output<string>> = new LagoStack("lago", args).apiUrl;

// @ts-expect-error: a port is a number or "auto"
export const wrong: LagoStackArgs = { ports: { api: "any" } };
// @ts-expect-error: there is no such setting
export const unknown: LagoSettings = { mail: { smtpAdress: "smtp.example.com" } };
// @ts-expect-error: what only this package's own code uses is not there for others
export const internal = new LagoDeployment(".", { reads: undefined });
