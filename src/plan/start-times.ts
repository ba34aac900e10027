/** Times that services took at their last start, read from the containers. */
import type { ObservedContainer } from "../observe/containers.ts";
import type { ObservedProject } from "../observe/observed-project.ts";
import type { DeclaredService } from "./types.ts";

/** Longest time between the creation of two containers of one run, in milliseconds. */
const ONE_RUN_MS = 15_000;

/** Longest start that counts as one, in milliseconds: the start timeout's default. */
const LONGEST_MS = 300_000;

/**
 * Seconds from the start of a service to the time at which it was ready; undefined where no start
 * was measured. The time of a one-shot is that of its last run. The time of a service with a health
 * check is that until the first service that waits for it was started: both containers have to
 * come from one run, and neither may have been started again since. The time of a service without a
 * health check is not known, and counts as 0: such a service answers soon after its start.
 */
export function secondsOfStart(
  { name, oneShot }: DeclaredService,
  services: readonly DeclaredService[],
  { containers }: ObservedProject,
): number | undefined {
  const own = containers.find(({ service }) => service === name);
  if (own?.times === undefined) {
    return undefined;
  }
  const { startedMs, endedMs = 0 } = own.times;
  if (oneShot) {
    return endedMs > startedMs ? inSeconds(endedMs - startedMs) : undefined;
  }
  if (own.health === "") {
    return 0;
  }
  const waiting = services.filter(({ dependsOn }) => dependsOn.some((one) => one.name === name));
  const spans = waiting.flatMap((service) => spanTo(service, own, services, containers));
  return spans.length === 0 ? undefined : inSeconds(Math.min(...spans));
}

/** Milliseconds between two starts of one run, without those of one-shots between the two. */
function spanTo(
  later: DeclaredService,
  earlier: ObservedContainer,
  services: readonly DeclaredService[],
  containers: readonly ObservedContainer[],
): number[] {
  const found = containers.find(({ service }) => service === later.name);
  const [from, to] = [earlier.times, found?.times];
  const isMeasured =
    from !== undefined &&
    to !== undefined &&
    from.endedMs === undefined &&
    to.endedMs === undefined &&
    Math.abs(to.createdMs - from.createdMs) <= ONE_RUN_MS;
  const awaitsOneShot = later.dependsOn.some(
    (one) => services.find(({ name }) => name === one.name)?.oneShot === true,
  );
  // A one-shot between the two may have run again since, so that its own time is not known.
  const spanMs = isMeasured && !awaitsOneShot ? to.startedMs - from.startedMs : 0;
  return spanMs > 0 && spanMs <= LONGEST_MS ? [spanMs] : [];
}

function inSeconds(ms: number): number {
  return Math.max(1, Math.ceil(ms / 1_000));
}
