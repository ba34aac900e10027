/** `keys recover`: takes keys that were lost with a stack's state from the containers that run. */
import type { Engine, EngineSettings } from "../../docker/endpoint-settings.ts";
import { invalidConfig } from "../../errors.ts";
import { MarkerStore } from "../../keys/fingerprint-store.ts";
import { hasData } from "../../keys/guard.ts";
import { keysInside } from "../../keys/inside.ts";
import { keysText, type SavedKeys } from "../../keys/key-file.ts";
import { GUARDED_KEY_NAMES } from "../../lago/lago-keys.ts";
import { readEnvironments } from "../../observe/container-environments.ts";
import { writeStackKeys } from "../../pulumi/cli/stack-keys.ts";
import { chosenEngine } from "../engine-options.ts";
import type { Session } from "../session.ts";
import { stackOf } from "./keys-stack.ts";

/** What `keys recover` is called with. */
export interface RecoverOptions extends EngineSettings {
  readonly project: string;
  readonly stack?: string;
  readonly cwd: string;
  readonly toStdout?: boolean;
}

/** Makes the keys secret config of a stack, or prints them where that is asked for. */
export async function recoverCommand(session: Session, options: RecoverOptions): Promise<void> {
  const { project, stack } = options;
  if ((stack === undefined) === (options.toStdout !== true)) {
    const message =
      "where to? Give either --stack NAME, to make the keys its secret config, or --to-stdout";
    throw invalidConfig([{ field: "keys recover", message }]);
  }
  const saved = await recover(session, project, chosenEngine(options));
  if (stack === undefined) {
    session.output.result(keysText(saved));
    return;
  }
  await writeStackKeys(stackOf(session, { ...options, stack }), saved);
  session.output.result(
    `Stack ${stack} has the ${Object.keys(saved.keys).length} keys of project ${project}, encrypted in its config. With the same settings as before the next \`pulumi up\` takes the deployment up as it runs.`,
  );
}

async function recover(session: Session, projectName: string, engine: Engine): Promise<SavedKeys> {
  const { output, signal } = session;
  const environments = await readEnvironments(projectName, engine, signal);
  const volumes = await new MarkerStore(projectName, engine, signal).read();
  const marker = hasData(volumes) ? volumes.marker : undefined;
  const keys = await keysInside(projectName, environments, marker);
  output.note(
    marker === undefined
      ? `Whether the keys fit the data of ${projectName} is not known: nothing on this host tells.`
      : `The keys fit the data of project ${projectName}.`,
  );
  const missing = GUARDED_KEY_NAMES.filter((name) => keys[name] === undefined);
  if (missing.length > 0) {
    output.note(`Its containers have no ${missing.join(", ")}.`);
  }
  return { projectName, keys };
}
