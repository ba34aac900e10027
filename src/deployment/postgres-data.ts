/** Compares the release of PostgreSQL in the database's image with the one that made its data. */
import { releasedImage } from "../compose/images.ts";
import { interpolate } from "../compose/interpolate.ts";
import { type ComposeModel, type ServiceModel, variablesIn } from "../compose/model.ts";
import { postgresDataFolders, postgresMajorOf } from "../compose/postgres.ts";
import { environmentOf } from "../compose/service-details.ts";
import type { ReadMount } from "../docker/container-files.ts";
import { type DockerEndpoint, engineWords } from "../docker/endpoint-settings.ts";
import { inspectImage } from "../docker/engine-api.ts";
import type { EngineContainer } from "../docker/engine-container.ts";
import { SERVICE_LABEL } from "../docker/labels.ts";
import type { ConfigIssue } from "../errors.ts";
import type { EngineImages } from "../observe/images.ts";
import { postgresDataVersion } from "../observe/postgres-data.ts";
import type { Snapshot } from "../observe/snapshot.ts";
import { acceptedRisks, riskAcceptance } from "../plan/accepted-risks.ts";
import { shellWord } from "../text/shell.ts";
import { variablesOf } from "../text/variables.ts";
import { zbl } from "../text/zbl.ts";
import { type DeclaredMount, declaredVolumesOf } from "../volumes/declared.ts";
import type { LagoDeployment } from "./lago-deployment.ts";

/**
 * Finds databases whose image is of another major release of PostgreSQL than their data. Asks the
 * engine only about a database that a start would make from another image than before, or anew.
 *
 * @param snapshot the engine as it is now
 * @param how names of variables whose values only the real run knows, and the stack whose config has
 *   the settings
 * @throws DeployError when compose cannot read the files
 */
export async function postgresFaults(
  deployment: LagoDeployment,
  snapshot: Snapshot,
  { unknown, stack }: { unknown: readonly string[]; stack: string | undefined },
): Promise<ConfigIssue[]> {
  const { environment, options, project } = deployment;
  const model = await deployment.model();
  const { mounts } = declaredVolumesOf(model, { environment, unknown });
  const accepted = acceptedRisks(options);
  const databases = model.services.filter(
    (service) =>
      service.role === "db" &&
      !accepted.has(riskOf(service.name)) &&
      variablesIn(service.image ?? "").every((name) => !unknown.includes(name)),
  );
  const faults = databases.map(async (service): Promise<ConfigIssue[]> => {
    const image = interpolate(releasedImage(service.image ?? "", undefined), environment);
    const found = await comparison(deployment, snapshot, {
      ...{ service, image },
      mounts: mounts.get(service.name) ?? [],
    });
    return found === undefined || found.data === found.wanted
      ? []
      : [
          {
            field: `services.${service.name}.image`,
            message: message(
              { ...found, service: service.name, image },
              project,
              userOf(service, environment),
              stack,
            ),
          },
        ];
  });
  return (await Promise.all(faults)).flat();
}

/** A database as declared. */
interface Database {
  readonly service: ServiceModel;
  readonly image: string;
  readonly mounts: readonly DeclaredMount[];
}

/** Major releases of a database's data and of its image. */
interface Releases {
  readonly data: string;
  readonly wanted: string;
}

async function comparison(
  deployment: LagoDeployment,
  { containers, images, volumes }: Snapshot,
  { service, image, mounts }: Database,
): Promise<Releases | undefined> {
  const { project, environment, options } = deployment;
  const own = containers.filter(({ Config }) => Config.Labels?.[SERVICE_LABEL] === service.name);
  const id = images.idOf(image);
  const kept = mounts.flatMap(({ type, volume, source, target }): ReadMount[] => {
    const isThere = volumes.some(({ name }) => name === volume);
    return volume !== undefined
      ? isThere
        ? [{ type: "volume", source: volume, target }]
        : []
      : type === "bind" && source.startsWith("/")
        ? [{ type: "bind", source, target }]
        : [];
  });
  const holder = own.find((one) => kept.every((mount) => hasMount(one, mount)));
  const isSame =
    holder !== undefined &&
    (id === undefined ? holder.Config.Image === image : holder.Image === id);
  if (isSame || kept.length === 0) {
    return undefined;
  }
  const purpose = `Reading the release of the data of project ${project.name}`;
  const call = { engine: project.engine, purpose, signal: options.signal };
  const inImage = variablesOf(
    (id === undefined ? undefined : await inspectImage(call, id))?.Config?.Env ?? [],
  );
  const wanted = postgresMajorOf(image, inImage);
  if (wanted === undefined) {
    return undefined;
  }
  const declared = environmentOf(service.definition.environment);
  const pgdata = interpolate(declared.PGDATA ?? inImage.PGDATA ?? "", environment);
  const data = await postgresDataVersion(call, {
    container: holder?.Id,
    image: id ?? anImageOf(deployment, await deployment.model(), images) ?? own[0]?.Image,
    mounts: kept,
    folders: postgresDataFolders(
      pgdata,
      kept.map(({ target }) => target),
    ),
  });
  return data === undefined ? undefined : { data, wanted };
}

/** Id of an image of the deployment that the engine has: any will do where nothing is run. */
function anImageOf(
  { environment, options }: LagoDeployment,
  { services }: ComposeModel,
  images: EngineImages,
): string | undefined {
  return services
    .map(({ image = "" }) =>
      images.idOf(interpolate(releasedImage(image, options.version), environment)),
    )
    .find((id) => id !== undefined);
}

function hasMount({ Mounts }: EngineContainer, { type, source, target }: ReadMount): boolean {
  return (Mounts ?? []).some(
    (one) => one.Destination === target && (type === "volume" ? one.Name : one.Source) === source,
  );
}

function riskOf(service: string): string {
  return `postgres-image:${service}`;
}

/** Name of the database's user, as far as the files tell. */
function userOf({ definition }: ServiceModel, values: Readonly<Record<string, string>>): string {
  const { POSTGRES_USER = "" } = environmentOf(definition.environment);
  return interpolate(POSTGRES_USER, values) || "postgres";
}

function message(
  { data, wanted, service, image }: Releases & { readonly service: string; readonly image: string },
  { name, engine }: { readonly name: string; readonly engine: DockerEndpoint },
  user: string,
  stack: string | undefined,
): string {
  const exec = zbl("exec", "--project", name, ...engineWords(engine), service);
  const dump = `${exec} -- pg_dumpall --username ${shellWord(user)} > lago.sql`;
  return `the data is of PostgreSQL ${data}, and ${image} is PostgreSQL ${wanted}, which does not read that data. Set the image back to one of PostgreSQL ${data}. To move: start with that image, dump the database (\`${dump}\`), give ${service} another volume and the new image, start, and load the dump. For an image that upgrades the data: ${riskAcceptance(riskOf(service), stack)}`;
}
