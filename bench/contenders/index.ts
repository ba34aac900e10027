/** Contenders: the subjects of the fault cases, Terraform, and Pulumi's own floor. */
import { ansible } from "../../faults/subjects/ansible.ts";
import { naive } from "../../faults/subjects/naive.ts";
import { ours } from "../../faults/subjects/ours.ts";
import { raw } from "../../faults/subjects/raw.ts";
import type { Subject } from "../../faults/subjects/subject.ts";
import { cli } from "./cli.ts";
import { floor } from "./floor.ts";
import { terraform } from "./terraform.ts";

/** A measured way to deploy. */
export interface Contender {
  readonly subject: Subject;
  /** Whether it deploys Lago; otherwise only starting it and its no-op are measured. */
  readonly deploys: boolean;
  /** Whether it is a checkout of this project, in which `npm start` can be typed. */
  readonly isCheckout?: boolean;
}

const pulumi: Subject = { ...ours, title: "z-billing-lago, `pulumi up`" };

/** All contenders, this project first. */
export const CONTENDERS: readonly Contender[] = [
  { subject: pulumi, deploys: true, isCheckout: true },
  { subject: cli, deploys: true },
  { subject: raw, deploys: true },
  { subject: ansible, deploys: true },
  { subject: terraform, deploys: true },
  { subject: naive, deploys: true },
  { subject: floor, deploys: false },
];

/** Selects contenders by name, in the order of {@link CONTENDERS}. */
export function named(names: readonly string[]): Contender[] {
  return CONTENDERS.filter(({ subject }) => names.includes(subject.name));
}
