/** Contenders of the suite about lost requests: ways to deploy, with and without Caddy in front. */
import { ansible } from "../../faults/subjects/ansible.ts";
import { ours } from "../../faults/subjects/ours.ts";
import { raw } from "../../faults/subjects/raw.ts";
import type { Subject } from "../../faults/subjects/subject.ts";
import type { Contender } from "../contenders/index.ts";

/** A contender, and whether Caddy is in front of it. */
export interface RequestsContender extends Contender {
  readonly hasCaddy: boolean;
  /** Whether Caddy reaches the containers by a network, and no port of the host. */
  readonly isOnNetwork?: boolean;
}

/** This project with the setting for a proxy. */
const behindProxy: Subject = {
  ...ours,
  name: "proxied",
  title: "z-billing-lago, `behindProxy`, and Caddy",
  open: async (world, level) => {
    const deployment = await ours.open(world, level);
    const options = { behindProxy: true, ports: {} };
    return {
      ...deployment,
      command: (operation, settings) => deployment.command(operation, { ...settings, options }),
    };
  },
};

const withCaddy = (subject: Subject): Subject => ({
  ...subject,
  name: `${subject.name}-caddy`,
  title: `${subject.title}, and Caddy`,
});

/** All contenders, this project first. */
export const CONTENDERS: readonly RequestsContender[] = [
  { subject: behindProxy, deploys: true, hasCaddy: true, isOnNetwork: true },
  { subject: ours, deploys: true, hasCaddy: false },
  { subject: raw, deploys: true, hasCaddy: false },
  { subject: withCaddy(raw), deploys: true, hasCaddy: true },
  { subject: withCaddy(ansible), deploys: true, hasCaddy: true },
];
