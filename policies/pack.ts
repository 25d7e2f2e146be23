import { PolicyPack } from "@pulumi/policy";
import { policies } from "./crossguard.ts";
import { rules } from "./rules.ts";

new PolicyPack("sock-shop", { policies: policies(rules) });
