import { docker } from "../../testing/docker.ts";
import { lagoDocument } from "../../testing/world/compose-file.ts";
import { newProjectName } from "../../testing/world/names.ts";

/** Another tag of front's image, so that the image can be changed. */
export interface NextFront {
  readonly tag: string;
  remove(): Promise<void>;
}

/** Creates a unique tag. */
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
