/** Types of resources, as Pulumi writes them in states and previews. */

/** Type of a deployment, the component. */
export const STACK_TYPE = "z-billing-lago:index:LagoStack";

/** Type of the identity of a deployment. */
export const PROJECT_TYPE = "pulumi-nodejs:dynamic/lago:Project";

/** Type of the keys of a deployment. */
export const KEYS_TYPE = "pulumi-nodejs:dynamic/lago:Keys";

/** Type of one service. */
export const SERVICE_TYPE = "pulumi-nodejs:dynamic/lago:Service";

/** Type of the observation of a deployment. */
export const STATUS_TYPE = "pulumi-nodejs:dynamic/lago:Status";

/** Type of a command that starts or ends a deployment. */
export const COMMAND_TYPE = "command:local:Command";
