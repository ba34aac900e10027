/** A project's containers on an engine that reports changes, for the tests of the wait. */
import { ContainerWatch } from "../../../src/deployment/container-watch.ts";
import type { ComposeProject } from "../../../src/deployment/project.ts";
import type { InspectedContainer } from "../../../src/docker/container-details.ts";
import type { followContainers } from "../../../src/docker/engine-events.ts";
import { container, type Look } from "./looks.ts";

type Follower = Parameters<typeof followContainers>[2];

/** An engine of a test. */
export class FakeEngine {
  readonly containers = new Map<string, InspectedContainer>();
  /** Requests so far: `all`, or the ids of the containers that were inspected. */
  readonly looks: string[] = [];
  #follower: Follower | undefined;
  #end = () => {};
  readonly watch: ContainerWatch;

  /** @param opens whether the stream of changes begins at once. Defaults to true. */
  constructor(opens = true) {
    const project: Pick<ComposeProject, "name" | "engine" | "containers" | "inspect"> = {
      name: "lago-test",
      engine: {},
      containers: async () => {
        this.looks.push("all");
        return [...this.containers.values()];
      },
      inspect: async (ids) => {
        this.looks.push(ids.join(" "));
        return ids.flatMap((id) => this.containers.get(id) ?? []);
      },
    };
    this.watch = new ContainerWatch(project, (_engine, _project, follower) => {
      this.#follower = follower;
      const ended = Promise.withResolvers<void>();
      this.#end = ended.resolve;
      follower.signal.addEventListener("abort", () => ended.reject(follower.signal.reason));
      if (opens) {
        follower.onOpen();
      }
      return ended.promise;
    });
  }

  /** Begins the stream of changes. */
  open(): void {
    this.#follower?.onOpen();
  }

  /** Ends the stream of changes, as when the connection breaks. */
  breakOff(): void {
    this.#end();
  }

  /** Changes a container. Reports the change unless told not to. */
  set(service: string, look: Look, isReported = true): void {
    const changed = container(service, look);
    this.containers.set(changed.id, changed);
    if (isReported) {
      this.#follower?.onChange(changed.id);
    }
  }

  /** Reports the end of a run of a service's container, which the engine may start again at once. */
  end(service: string, exitCode: number): void {
    this.#follower?.onChange(`${service}-id`, exitCode);
  }

  /** Removes a container and reports the change. */
  remove(id: string): void {
    this.containers.delete(id);
    this.#follower?.onChange(id);
  }
}
