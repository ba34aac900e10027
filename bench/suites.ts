import { boot } from "./boot/suite.ts";
import { calls } from "./calls/suite.ts";
import { life } from "./life/suite.ts";
import { logs } from "./logs/suite.ts";
import { program } from "./program/suite.ts";
import { requests } from "./requests/suite.ts";
import { soak } from "./soak/suite.ts";
import { stacks } from "./stacks/suite.ts";
import type { Suite } from "./suite.ts";

/** All suites, in the order in which they are run and shown. */
export const SUITES: readonly Suite[] = [life, requests, boot, stacks, logs, calls, program, soak];
