// CommonJS packages are loaded by require: for `import` Node would first search their sources for
// the names of exports, and the generated ones are up to 430 kB. That took every plugin 150 ms.
import { createRequire } from "node:module";
import type * as Grpc from "@grpc/grpc-js";
import type * as Any from "google-protobuf/google/protobuf/any_pb.js";
import type * as Empty from "google-protobuf/google/protobuf/empty_pb.js";
import type * as Struct from "google-protobuf/google/protobuf/struct_pb.js";
import type * as Plugin from "@pulumi/pulumi/proto/plugin_pb.js";
import type * as Status from "@pulumi/pulumi/proto/status_pb.js";

/** For the stubs that only some plugins need. */
export const require = createRequire(import.meta.url);

export const grpc = require("@grpc/grpc-js") as typeof Grpc;
export const anyPb = require("google-protobuf/google/protobuf/any_pb.js") as typeof Any;
export const emptyPb = require("google-protobuf/google/protobuf/empty_pb.js") as typeof Empty;
export const structPb = require("google-protobuf/google/protobuf/struct_pb.js") as typeof Struct;
export const pluginPb = require("@pulumi/pulumi/proto/plugin_pb.js") as typeof Plugin;
export const statusPb = require("@pulumi/pulumi/proto/status_pb.js") as typeof Status;
