import type * as Service from "@pulumi/pulumi/proto/provider_grpc_pb.js";
import type * as Messages from "@pulumi/pulumi/proto/provider_pb.js";
import { require } from "./packages.ts";

export const providerGrpc = require("@pulumi/pulumi/proto/provider_grpc_pb.js") as typeof Service;
export const providerPb = require("@pulumi/pulumi/proto/provider_pb.js") as typeof Messages;
