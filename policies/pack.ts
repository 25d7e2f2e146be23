import { PolicyPack } from "@pulumi/policy";
import { policies } from "./pulumi-policies.ts";
import { rules } from "./rules.ts";

new PolicyPack("sock-shop", { policies: policies(rules) });
