/** Files that compose files declare as configs and secrets, with `${VARIABLES}` not filled in. */
import { fieldsOf, textOf } from "../text/coerce.ts";

/** A file of the top-level `configs` or `secrets`. */
export interface FileModel {
  readonly section: "configs" | "secrets";
  /** Key of the config or secret in the files. */
  readonly key: string;
  readonly file: string;
}

/** Reads the files of the top-level `configs` and `secrets` of `docker compose config`. */
export function filesOf(project: unknown): FileModel[] {
  return (["configs", "secrets"] as const).flatMap((section) =>
    Object.entries(fieldsOf(fieldsOf(project)[section])).flatMap(([key, value]) => {
      const file = textOf(fieldsOf(value).file);
      return file === "" ? [] : [{ section, key, file }];
    }),
  );
}
