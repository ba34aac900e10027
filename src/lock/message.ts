import { DeployError } from "../errors.ts";
import type { Flag } from "./engine-flag.ts";
import type { LockHolder } from "./holders.ts";
import type { LockNote } from "./note.ts";

/** Who is at work on a project, as far as it can be found out. */
export interface Occupant {
  /** What its note says. */
  readonly note: LockNote | undefined;
  /** The processes that hold the lock. */
  readonly holders: readonly LockHolder[];
  /** Name of this host. */
  readonly host: string;
}

/** A run that was kept waiting. */
export interface Waiting {
  readonly project: string;
  /** What the lock is of, in words. Defaults to `project` and its name. */
  readonly subject?: string | undefined;
  readonly operation: string;
  readonly path: string;
  readonly timeoutSeconds: number;
}

/** Most processes that a message lists. */
const MAX_HOLDERS = 8;

/** What a person is told once when the wait begins. */
export function waitingText({ timeoutSeconds }: Waiting, occupant: Occupant): string {
  return `waiting up to ${timeoutSeconds} s for ${occupantText(occupant)}`;
}

/** What a person is told when the last holder of the lock did not get to its end. */
export function cutShortText(note: LockNote | "unreadable"): string {
  const which = note === "unreadable" ? "run" : noteText(note);
  return `an earlier ${which} ended without finishing; going on from where it left`;
}

/** Without the program nothing can be locked. */
export const NO_PROGRAM_TEXT =
  "warning: there is no `flock` program on the PATH, so another run on the same project is not kept out; `z-billing-lago doctor` says how to get it";

/** The same for a wait for a run that may be on another machine. */
export function engineWaitingText(timeoutSeconds: number, { note }: Flag, engine: string): string {
  return `waiting up to ${timeoutSeconds} s for ${flagText(note)}, which is at work on it at ${engine}`;
}

/** What a person is told when a run was out of touch for so long that another one has begun. */
export function lostFlagText({ note }: Flag, engine: string): string {
  return `warning: this run was out of touch with ${engine} for so long that ${flagText(note)} has begun there too. Look at the deployment when both are done`;
}

/** The failure of a run that has waited for long enough for one that may be on another machine. */
export function engineLockedError(
  { project, operation, timeoutSeconds }: Omit<Waiting, "path">,
  { note, volume }: Flag,
  engine: string,
  staleSeconds: number,
): DeployError {
  const waited = timeoutSeconds > 0 ? ` and did not end within ${timeoutSeconds} s` : "";
  return new DeployError(
    "Locked",
    [
      `\`${operation}\` of project ${project} was not begun: ${flagText(note)} is at work on it at ${engine}${waited}. Nothing was touched.`,
      "Run the same command again when that is done, or have it wait for longer with lockTimeoutSeconds (on the command line: --lock-timeout).",
      `Its mark on the engine is the volume ${volume}. A run that was killed or cut off no longer renews its mark, and whoever waits for ${staleSeconds} s or more then goes on; so there is nothing to clean up.`,
    ].join("\n"),
  );
}

function flagText(note: LockNote | "unreadable"): string {
  return note === "unreadable" ? "another operation" : noteText(note);
}

/** The failure of a run that has waited for long enough. */
export function lockedError(waiting: Waiting, occupant: Occupant): DeployError {
  const { operation, path, timeoutSeconds } = waiting;
  const waited = timeoutSeconds > 0 ? ` and did not end within ${timeoutSeconds} s` : "";
  return new DeployError(
    "Locked",
    [
      `\`${operation}\` of ${subjectText(waiting)} was not begun: ${occupantText(occupant)} is at work on it${waited}. Nothing was touched.`,
      "Run the same command again when that is done, or have it wait for longer with lockTimeoutSeconds (on the command line: --lock-timeout).",
      ...endingAdvice(occupant),
      `The lock lies on ${path} and is let go of however its holder ends. Do not delete the file: two runs could then be at work at once.`,
    ].join("\n"),
  );
}

/** What the lock is of, such as `project lago-dev`. */
export function subjectText({ project, subject }: Pick<Waiting, "project" | "subject">): string {
  return subject ?? `project ${project}`;
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

/** Whether the process of the note is gone and others, which it started, still have its lock. */
function isLeftOver({ note, holders, host }: Occupant): boolean {
  const here = note?.host === host && holders.length > 0;
  return here && !holders.some(({ pid }) => pid === note.pid);
}

function noteText({ operation, pid, host, startedAt }: LockNote): string {
  return `\`${operation}\` (pid ${pid} on ${host}, since ${startedAt})`;
}

function holdersText(holders: readonly LockHolder[]): string {
  const shown = holders.slice(0, MAX_HOLDERS).map(({ pid, program }) => `${program} (pid ${pid})`);
  const more = holders.length - shown.length;
  return more > 0 ? `${shown.join(", ")} and ${more} more` : shown.join(", ");
}
