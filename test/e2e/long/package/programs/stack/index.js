import { Config } from "@pulumi/pulumi";
import { LagoStack } from "z-billing-lago";

const config = new Config();

export const { running, services, apiUrl, projectName } = new LagoStack("lago", {
  projectName: config.require("projectName"),
  ports: { api: config.requireNumber("api"), front: config.requireNumber("front") },
});
