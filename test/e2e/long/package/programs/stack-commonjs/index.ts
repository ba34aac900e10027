import * as pulumi from "@pulumi/pulumi";
import { LagoStack } from "z-billing-lago";

const config = new pulumi.Config();

const lago = new LagoStack("lago", {
  projectName: config.require("projectName"),
  ports: { api: config.requireNumber("api"), front: config.requireNumber("front") },
});

export const running = lago.running;
export const services = lago.services;
export const apiUrl = lago.apiUrl;
export const projectName = lago.projectName;
