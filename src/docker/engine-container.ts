/** A container of a Docker engine, as `GET /containers/ID/json` has it. */
import { z } from "zod";

const healthCheckSchema = z.looseObject({
  Test: z.array(z.string()).nullish(),
  Interval: z.number().default(0),
  Timeout: z.number().default(0),
  StartPeriod: z.number().default(0),
  StartInterval: z.number().default(0),
  Retries: z.number().default(0),
});

const probeSchema = z.looseObject({
  ExitCode: z.number().default(0),
  Output: z.string().default(""),
});

const mountSchema = z.looseObject({
  Type: z.string().default(""),
  Name: z.string().default(""),
  Source: z.string().default(""),
  Destination: z.string().default(""),
  RW: z.boolean().default(true),
});

const portsSchema = z
  .record(
    z.string(),
    z
      .array(z.looseObject({ HostIp: z.string().default(""), HostPort: z.string().default("") }))
      .nullable(),
  )
  .nullish();

/** The parts of a container that this project reads. Text and numbers that the engine omits are empty and 0. */
export const containerSchema = z.looseObject({
  Id: z.string(),
  Name: z.string().default(""),
  /** Id of the image. */
  Image: z.string().default(""),
  /** Time of creation. */
  Created: z.string().default(""),
  RestartCount: z.number().default(0),
  State: z.looseObject({
    Status: z.string().default(""),
    ExitCode: z.number().default(0),
    StartedAt: z.string().default(""),
    /** Time of the last end. Year 1 for a container that never ended. */
    FinishedAt: z.string().default(""),
    Health: z
      .looseObject({ Status: z.string().default(""), Log: z.array(probeSchema).nullish() })
      .nullish(),
  }),
  Config: z.looseObject({
    Image: z.string().default(""),
    Env: z.array(z.string()).nullish(),
    Cmd: z.array(z.string()).nullish(),
    Entrypoint: z.array(z.string()).nullish(),
    Tty: z.boolean().default(false),
    Healthcheck: healthCheckSchema.nullish(),
    Labels: z.record(z.string(), z.string()).nullish(),
  }),
  HostConfig: z.looseObject({
    /** Ports that the container was made with, whether it runs or not. */
    PortBindings: portsSchema,
    Memory: z.number().default(0),
    RestartPolicy: z
      .looseObject({ Name: z.string().default(""), MaximumRetryCount: z.number().default(0) })
      .nullish(),
    LogConfig: z
      .looseObject({
        Type: z.string().default(""),
        Config: z.record(z.string(), z.string()).nullish(),
      })
      .nullish(),
  }),
  /** Ports that the container holds while it runs, including those that docker chose. */
  NetworkSettings: z
    .looseObject({
      Ports: portsSchema,
      /** Networks by name, with the names that other containers there know the container by. */
      Networks: z
        .record(z.string(), z.looseObject({ Aliases: z.array(z.string()).nullish() }).nullable())
        .nullish(),
    })
    .nullish(),
  Mounts: z.array(mountSchema).nullish(),
});

/** An inspected container. Holds secrets. */
export type EngineContainer = z.output<typeof containerSchema>;

/** The health check of a container. */
export type EngineHealthCheck = z.output<typeof healthCheckSchema>;

/** Ports of the host by port of the container, such as `3000/tcp`. */
export type EnginePorts = z.output<typeof portsSchema>;
