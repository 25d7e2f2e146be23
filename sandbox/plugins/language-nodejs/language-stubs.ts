import type * as Service from "@pulumi/pulumi/proto/language_grpc_pb.js";
import type * as Messages from "@pulumi/pulumi/proto/language_pb.js";
import { require } from "../grpc/packages.ts";

export const languageGrpc = require("@pulumi/pulumi/proto/language_grpc_pb.js") as typeof Service;
export const languagePb = require("@pulumi/pulumi/proto/language_pb.js") as typeof Messages;
