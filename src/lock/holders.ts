/**
 * The processes that hold a lock, and the messages about them. An operation that was killed may
 * have left compose at work, which inherited the lock and whom no note names.
 */

import { basename } from "node:path";
import { DeployError } from "../errors.ts";
import { procEntries, processIds, procLink, procText } from "../process/proc.ts";
import { cleanText } from "../text/clean.ts";
import { andMore } from "../text/list.ts";
import { zbl } from "../text/zbl.ts";
import type { LockNote } from "./operation.ts";

/** A process that holds a lock. */
export interface LockHolder {
  readonly pid: number;
  /** Name of its program, without arguments. */
  readonly program: string;
}

/** The holder of a lock, as far as this process can find out. */
export interface Occupant {
  /** Note in the lock file. */
  readonly note: LockNote | undefined;
  /** Processes that hold the lock. */
  readonly holders: readonly LockHolder[];
  /** Name of this host. */
  readonly host: string;
}

/** An operation that waits for a lock. */
export interface Waiting {
  readonly project: string;
  /** Name of the locked thing. Defaults to `project` and its name. */
  readonly subject?: string | undefined;
  readonly operation: string;
  /** Path of the lock file. */
  readonly path: string;
  readonly timeoutSeconds: number;
  /** Setting that makes the wait longer; empty for none. Defaults to that of a project. */
  readonly longerWait?: string | undefined;
}

/** Setting that makes the wait for a project longer. */
const PROJECT_WAIT = "lockTimeoutSeconds (on the command line: --lock-timeout)";

const MAX_PROGRAM_CHARACTERS = 64;

/** Most processes that a message lists. */
const MAX_HOLDERS = 8;

/** Warning for a machine where nothing can be locked. */
export const NO_PROGRAM_TEXT = `warning: there is no \`flock\` program on the PATH, so another run on the same project is not kept out; \`${zbl("doctor")}\` says how to get it`;

/**
 * Finds the processes that hold the lock of an open file, as far as this user may look into them.
 * None on a system without /proc.
 */
export function lockHolders(descriptor: number): LockHolder[] {
  const file = procLink(`/proc/self/fd/${descriptor}`);
  if (file === "") {
    return [];
  }
  return processIds()
    .filter((pid) => holds(`/proc/${pid}`, file))
    .map((pid) => ({ pid, program: programOf(`/proc/${pid}`) }))
    .sort((a, b) => a.pid - b.pid);
}

/**
 * Whether a process holds the lock. A waiting process has the file open too, but without the lock.
 */
function holds(process: string, file: string): boolean {
  return procEntries(`${process}/fd`).some(
    (fd) =>
      procLink(`${process}/fd/${fd}`) === file &&
      procText(`${process}/fdinfo/${fd}`).includes("FLOCK"),
  );
}

function programOf(process: string): string {
  const [program = ""] = procText(`${process}/cmdline`).split("\0");
  return cleanText(basename(program)).slice(0, MAX_PROGRAM_CHARACTERS);
}

/** Message for the start of a wait. */
export function waitingText({ timeoutSeconds }: Waiting, occupant: Occupant): string {
  return `waiting up to ${timeoutSeconds} s for ${occupantText(occupant)}`;
}

/** Message for a lock whose last holder did not finish. */
export function cutShortText(note: LockNote | "unreadable"): string {
  const which = note === "unreadable" ? "run" : noteText(note);
  return `an earlier ${which} ended without finishing; going on from where it left`;
}

/** Makes the error of an operation that waited in vain. */
export function lockedError(waiting: Waiting, occupant: Occupant): DeployError {
  return refusal(waiting, `${occupantText(occupant)} is at work on it`, [
    ...endingAdvice(occupant),
    `The lock lies on ${waiting.path} and is let go of however its holder ends. Do not delete the file: two runs could then be at work at once.`,
  ]);
}

/**
 * Makes the error of an operation that is refused.
 *
 * @param reason who is at work, as a clause
 * @param advice further lines
 */
export function refusal(
  waiting: Omit<Waiting, "path">,
  reason: string,
  advice: readonly string[],
): DeployError {
  const { operation, timeoutSeconds, longerWait = PROJECT_WAIT } = waiting;
  const waited = timeoutSeconds > 0 ? ` and did not end within ${timeoutSeconds} s` : "";
  const lines = [
    `\`${operation}\` of ${subjectText(waiting)} was not begun: ${reason}${waited}. Nothing was touched.`,
    `Run the same command again when that is done${longerWait === "" ? "" : `, or have it wait for longer with ${longerWait}`}.`,
    ...advice,
  ];
  return new DeployError("Locked", lines.join("\n"));
}

/** Makes the error of a wait that the caller's signal ended. */
export function canceledError(waiting: Pick<Waiting, "project" | "subject">): DeployError {
  const message = `Waiting for the lock of ${subjectText(waiting)} was canceled. Nothing was touched.`;
  return new DeployError("Canceled", message);
}

/** Name of the locked thing, such as `project lago-dev`. */
export function subjectText({ project, subject }: Pick<Waiting, "project" | "subject">): string {
  return subject ?? `project ${project}`;
}

/** Names the operation of a note. */
export function noteText(note: LockNote | "unreadable"): string {
  return note === "unreadable"
    ? "another operation"
    : `\`${note.operation}\` (pid ${note.pid} on ${note.host}, since ${note.startedAt})`;
}

function occupantText(occupant: Occupant): string {
  const { note, holders } = occupant;
  if (note === undefined) {
    return holders.length > 0 ? holdersText(holders) : "another operation";
  }
  return isLeftOver(occupant)
    ? `what an ended ${noteText(note)} left behind, ${holdersText(holders)},`
    : noteText(note);
}

function holdersText(holders: readonly LockHolder[]): string {
  return andMore(
    holders.map(({ pid, program }) => `${program} (pid ${pid})`),
    MAX_HOLDERS,
  );
}

function endingAdvice(occupant: Occupant): string[] {
  const { note, holders, host } = occupant;
  const own = note !== undefined && !isLeftOver(occupant);
  const pids = own ? [note.pid] : holders.slice(0, MAX_HOLDERS).map(({ pid }) => pid);
  if (pids.length === 0) {
    return [];
  }
  const where = own && note.host !== host ? `, on ${note.host},` : "";
  return [
    `If it hangs, look at it${where} with \`ps -fp ${pids.join(",")}\` and end it with \`kill ${pids.join(" ")}\`: what it began stays as it is, and the next run goes on from there.`,
  ];
}

/** Whether the process of the note has ended, and processes that it started still hold its lock. */
function isLeftOver({ note, holders, host }: Occupant): boolean {
  const here = note?.host === host && holders.length > 0;
  return here && !holders.some(({ pid }) => pid === note.pid);
}
