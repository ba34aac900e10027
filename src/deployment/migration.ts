import type { ComposeModel, ServiceModel } from "../compose/model.ts";
import { roleOfModel } from "../compose/placement.ts";

/** The service that migrates Lago's database; undefined in files without one. */
export function migrationOf({ services }: ComposeModel): ServiceModel | undefined {
  return services.find((service) => roleOfModel(service) === "migrate");
}
