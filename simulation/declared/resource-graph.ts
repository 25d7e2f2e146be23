import * as pulumi from "@pulumi/pulumi";

// The SDK puts its store into the global scope at first use; mocha would blame that on one test.
pulumi.runtime.allConfig();

/** One resource as the program registered it. */
export interface Registered {
  readonly type: string;
  readonly name: string;
  readonly inputs: Readonly<Record<string, unknown>>;

  /** Name and id of the explicit provider; empty where the default one would be used. */
  readonly provider: string;
  readonly custom: boolean;
}

/** The stack that a graph is made for. */
export interface GraphOptions {
  /** Configuration with its prefix, such as `sock-shop:incident`. */
  readonly config?: Readonly<Record<string, string>>;

  /** Keys of the configuration that are stored encrypted. */
  readonly secretKeys?: readonly string[];

  /** Ids of resources where more than `<name>-id` is wanted. */
  readonly idOf?: (type: string, name: string) => string | undefined;
}

/**
 * Runs a program against mocks and returns every resource that it registered, with what the program
 * returned. Mocks are global to the process: this is their only user, and runs one at a time.
 *
 * Proves what is registered with which inputs; does not prove that an API accepts it, nor parents.
 */
export async function graphOf<Result>(
  program: () => Result | Promise<Result>,
  { config = {}, secretKeys = [], idOf = () => undefined }: GraphOptions = {},
): Promise<{ readonly resources: readonly Registered[]; readonly result: Result }> {
  const resources: Registered[] = [];
  await pulumi.runtime.setMocks(
    {
      newResource: ({ type, name, inputs, provider = "", custom = false, id }) => {
        resources.push({ type, name, inputs: inputs as Registered["inputs"], provider, custom });
        return {
          id: id === undefined || id === "" ? (idOf(type, name) ?? `${name}-id`) : id,
          state: outputsOf(type, inputs as object),
        };
      },
      call: ({ token }) => {
        throw new Error(`the program must not call ${token}`);
      },
    },
    "sock-shop",
    "test",
  );
  pulumi.runtime.setAllConfig({ ...config }, [...secretKeys]);
  const result = await program();
  await registrations();
  return { resources, result };
}

/** The resources of one type, by their names. */
export function ofType(resources: readonly Registered[], type: string): Map<string, Registered> {
  return new Map(
    resources.filter((resource) => resource.type === type).map((found) => [found.name, found]),
  );
}

/** Value of an output, once it is known. */
export function valueOf<T>(output: pulumi.Output<T>): Promise<T> {
  return new Promise((resolve) => output.apply(resolve));
}

function outputsOf(type: string, inputs: object): object {
  if (type === "kubernetes:apps/v1:Deployment") {
    const { metadata } = inputs as { readonly metadata?: object };
    return { ...inputs, metadata: { ...metadata, creationTimestamp: "2027-01-05T10:00:00Z" } };
  }
  if (type === "datadog:index/syntheticsPrivateLocation:SyntheticsPrivateLocation") {
    return { ...inputs, config: '{"id":"pl:of-the-mocks"}' };
  }
  if (type === "command:local:Command") return { ...inputs, stdout: "generated" };
  return type === "datadog:index/dashboardJson:DashboardJson"
    ? { ...inputs, url: "/dashboard/abc" }
    : inputs;
}

/** Waits until no registration is under way; the SDK exports the function without its type. */
async function registrations(): Promise<void> {
  const runtime = pulumi.runtime as unknown as { waitForRPCs(): Promise<void> };
  await runtime.waitForRPCs();
}
