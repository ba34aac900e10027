/** Destroys a stack for a person: shows what goes and what stays, asks, and keeps the keys of the data. */
import { errorKindIn } from "../pipeline/refusal.ts";
import { stopCause } from "../process/stop-request.ts";
import { zbl } from "../text/zbl.ts";
import { afterFailedDestroy, stoppedBeforeDestroy } from "./after-failure.ts";
import { agree } from "./agree.ts";
import { change } from "./change.ts";
import { deployCommand, destroyCommand } from "./commands.ts";
import type { StackContext, StackOutcome, StackRequest } from "./context.ts";
import { type Doomed, dataIsKept, doomedText } from "./destroy-text.ts";
import { message } from "./message.ts";
import { findState, type SavedState, saveState } from "./saved-states.ts";
import { type StackSession, showErrors, withStack } from "./session.ts";
import { isRunning, standingOf, volumesOf } from "./standing.ts";
import { readState, type StackState } from "./state.ts";

/** Arguments of a destroy. A person was shown all that goes. */
const DESTROY: readonly string[] = ["destroy", "--yes", "--skip-preview"];

/**
 * Destroys a stack. Shows before what goes, what stays and what is lost, and needs the agreement of a
 * person or the request's `yes`. Saves the state, with the keys of the data that stays.
 */
export async function destroyStack(
  context: StackContext,
  request: StackRequest,
): Promise<StackOutcome> {
  return await withStack(context, request, "destroy", destroyLocked, (stoppedBy) =>
    stoppedBeforeDestroy(request, stoppedBy),
  );
}

async function destroyLocked(session: StackSession): Promise<StackOutcome> {
  const { context, request, run } = session;
  const { display } = context;
  const { stack } = request;
  const state = await readState(run);
  if (state.isEmpty) {
    display.note(`Stack ${stack} has nothing to destroy.`);
    const kept = await findState(run.environment, stack);
    await showKept(session, kept);
    return { end: "done" };
  }
  const protection = protectionText(stack, request, state);
  if (protection !== undefined) {
    display.note(protection);
    return { end: "refused" };
  }
  const doomed = await lookAt(context, state);
  display.note(doomedText(stack, doomed, state.others));
  const byName =
    isRunning(doomed.map(({ standing }) => standing)) !== false || doomed.some(hasData);
  const refused = await agree(context, request, {
    isNeeded: true,
    byName,
    inPerson: false,
    question: `Destroy stack ${stack}?`,
    stake: doomed.some((one) => one.removesVolumes && hasData(one))
      ? "All data of the stack is lost for good."
      : "Nobody can use this deployment until it is started again.",
    refusal: `Stack ${stack} is not destroyed: there is no terminal to ask on.`,
    command: destroyCommand({ ...request, yes: true }),
  });
  return refused ?? (await apply(session, state, doomed));
}

async function apply(
  session: StackSession,
  { deployments }: StackState,
  doomed: readonly Doomed[],
): Promise<StackOutcome> {
  const { context, request, run, update } = session;
  await saveState(run);
  const saved = await findState(run.environment, run.stack);
  const { end, errors } = await change(context, run, request, {
    ...update,
    killed: [],
    command: DESTROY,
    // Services that stop are told line by line.
    deployments: [],
    // Our own message at the end also says where the keys are.
    isKnown: (line) => line.includes("its volumes are kept"),
    onBegin: () => {},
  });
  if (end !== "done") {
    await showErrors(context, run, errors);
    const before = doomed.map(({ standing }) => standing);
    const stoppedBy = end === "stopped" ? stopCause(context.signal) : undefined;
    const now = await standingOf(deployments);
    context.display.note(afterFailedDestroy(request, { stoppedBy, before, now }));
    return end === "stopped"
      ? { end: "canceled", kind: "Canceled" }
      : { end: "failed", kind: errorKindIn(errors) };
  }
  context.display.note(`Stack ${run.stack} is destroyed.`);
  await showKept(session, saved);
  return { end: "done" };
}

/** Shows where the data of a destroyed stack and its keys are, where there is any. */
async function showKept(
  { context, run }: StackSession,
  saved: SavedState | undefined,
): Promise<void> {
  if (saved === undefined) {
    return;
  }
  const volumes = await Promise.all(saved.deployments.map((one) => volumesOf(one, context.signal)));
  if (volumes.flat().length > 0) {
    context.display.note(dataIsKept(run.stack, saved.file, volumes.flat()));
  }
}

/** Looks at the parts of each deployment that a destroy is about. */
async function lookAt({ signal }: StackContext, { deployments }: StackState): Promise<Doomed[]> {
  const standings = await standingOf(deployments);
  return await Promise.all(
    deployments.map(async ({ removesVolumes, ...address }, index) => ({
      removesVolumes,
      standing: standings[index] ?? { ...address, containers: undefined },
      volumes: await volumesOf(address, signal),
    })),
  );
}

function hasData({ volumes }: Doomed): boolean {
  return volumes.length > 0;
}

/** Message for a stack that is protected; undefined for one that is not. */
function protectionText(
  stack: string,
  request: StackRequest,
  { isProtected, protectedOthers }: StackState,
): string | undefined {
  if (isProtected) {
    return message(`Stack ${stack} is protected, so nothing was destroyed.`, [
      ["Lift the protection", zbl("set", stack, "protect", "false")],
      ["Apply that", deployCommand({ stack })],
      ["Destroy", destroyCommand(request)],
    ]);
  }
  return protectedOthers.length === 0
    ? undefined
    : message(
        `Stack ${stack} has protected resources, so nothing was destroyed: ${protectedOthers.join(", ")}. Take \`protect\` off them in the program.`,
        [
          ["Apply that", deployCommand({ stack })],
          ["Destroy", destroyCommand(request)],
        ],
      );
}
