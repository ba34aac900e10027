import type { ComposeModel, ServiceModel } from "../compose/model.ts";
import { serviceWithRole } from "../compose/service-roles.ts";

/** The service that migrates Lago's database; undefined in files without one. */
export function migrationOf(model: ComposeModel): ServiceModel | undefined {
  return serviceWithRole(model, "migrate");
}
