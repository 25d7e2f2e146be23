import { Command } from "@pulumi/command/local/command.js";
import * as pulumi from "@pulumi/pulumi";

/** A random password that is made once and then kept, encrypted, in the stack's state. */
export class GeneratedPassword extends pulumi.ComponentResource {
  /** 48 hexadecimal digits, 192 random bits, marked as a secret. */
  readonly value: pulumi.Output<string>;

  constructor(name: string, opts?: pulumi.ComponentResourceOptions) {
    super("sockshop:shop:GeneratedPassword", name, {}, opts);

    const command = new Command(
      name,
      {
        interpreter: ["node", "-e"],
        create: "process.stdout.write(require('node:crypto').randomBytes(24).toString('hex'))",
        logging: "none",
      },
      { parent: this, additionalSecretOutputs: ["stdout", "stderr"] },
    );
    this.value = pulumi.secret(command.stdout);

    this.registerOutputs();
  }
}
