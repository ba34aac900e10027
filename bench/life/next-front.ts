import { lagoDocument } from "../../faults/world/compose-file.ts";
import { newProjectName } from "../../faults/world/names.ts";
import { docker } from "../../test/e2e/support/docker.ts";

/** Another tag of front's image, so that there is something to change to. */
export interface NextFront {
  readonly tag: string;
  remove(): Promise<void>;
}

/** Makes one that nothing else on the host has. */
export async function tagNextFront(): Promise<NextFront> {
  const image = lagoDocument().services.front?.image ?? "";
  const tag = `${newProjectName()}/front:next`;
  await docker("image", "tag", image, tag);
  return {
    tag,
    remove: async () => {
      await docker("image", "rm", tag);
    },
  };
}
