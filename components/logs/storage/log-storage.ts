import { LogsArchive } from "@pulumi/datadog/logsArchive.js";
import { LogsIndex } from "@pulumi/datadog/logsIndex.js";
import * as pulumi from "@pulumi/pulumi";
import type { Scope } from "../../datadog/queries.ts";
import { archiveArgs, type S3Bucket } from "./log-archive.ts";
import { indexArgs, type IndexLimits } from "./log-index.ts";

/** Whose logs are kept, where. */
export interface LogStorageArgs {
  readonly scope: Scope;

  /** Absent: the account's own indexes take the logs. */
  readonly index?: IndexLimits | undefined;

  /** Absent: no archive. */
  readonly archive?: S3Bucket | undefined;
}

/**
 * Where the shop's logs are kept: the few that somebody reads in an index of their own, all of them in
 * an archive. The order of the account's indexes stays the account's.
 */
export class LogStorage extends pulumi.ComponentResource {
  constructor(name: string, args: LogStorageArgs, opts?: pulumi.ComponentResourceOptions) {
    super("sockshop:logs:LogStorage", name, {}, opts);
    const { scope, index, archive } = args;
    const child = { parent: this };
    if (index) new LogsIndex(name, indexArgs(scope, index), child);
    if (archive) new LogsArchive(name, archiveArgs(scope, archive), child);
    this.registerOutputs();
  }
}
