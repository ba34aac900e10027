import { DEFAULT_ENGINE, type Engine, engineName } from "../../docker/endpoint-settings.ts";
import { type Look, lookAt } from "../../observe/snapshot.ts";

/**
 * How long a look serves those who ask after it. Pulumi refreshes as many services at once as the
 * machine has cores for, so that the last ones of a refresh ask when the first have their answer.
 */
const LOOK_LASTS_MS = 1_000;

const looks = new Map<string, Promise<Look>>();

/** Has the next one who asks look anew, since what there is changes. */
export function forgetLooks(): void {
  looks.clear();
}

/** A look at a project that all resources of one refresh share, since it is one and the same moment. */
export function lookTogether(projectName: string, engine: Engine = DEFAULT_ENGINE): Promise<Look> {
  const key = `${projectName} ${engineName(engine)}`;
  const known = looks.get(key);
  if (known !== undefined) {
    return known;
  }
  const look = lookAt(projectName, engine);
  looks.set(key, look);
  const forget = () => {
    if (looks.get(key) === look) {
      looks.delete(key);
    }
  };
  // What failed is asked anew, and the timer keeps no process alive.
  look.then(() => setTimeout(forget, LOOK_LASTS_MS).unref(), forget);
  return look;
}
