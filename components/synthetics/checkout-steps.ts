import type { SyntheticsTestArgs } from "@pulumi/datadog/syntheticsTest.js";
import type { Unwrap } from "@pulumi/pulumi";

type Step = NonNullable<Unwrap<SyntheticsTestArgs["apiSteps"]>>[number];

/**
 * Name of the variable that names a new customer in each run. A customer of the images would do for
 * one of the image sets only: the others find no address of theirs.
 */
const customer = "CUSTOMER";

/** Local variables of the test; Datadog fills the pattern in at each run. */
export const checkoutVariables = [
  {
    name: customer,
    type: "text",
    pattern: "synthetic-{{ alphanumeric(12) }}",
    example: "synthetic-0a1b2c3d4e5f",
  },
];

/** Costs 14 and the shipping: far below what payment declines. */
const sock = "819e1fbf-8b7e-4f6d-811f-693534916a8b";

/** A number that card companies publish for tests. */
const card = { longNum: "4111111111111111", expires: "12/30", ccv: "123" };
const address = {
  number: "1",
  street: "Synthetic Street",
  city: "Testville",
  postcode: "TE57",
  country: "Nowhere",
};

/** Seconds for a step: longer than orders waits for payment and shipping. */
const patience = 15;

/** The cookie of the session as it is set; what follows needs it, and that somebody is logged in. */
const session = "SESSION";
const asCustomer = { Cookie: `{{ ${session} }}; logged_in=yes` };

/**
 * A new customer's way to an order, by the routes of the stock front-end. Each step ends the test
 * when it fails.
 *
 * @param frontEnd - address of the front-end, without a slash at the end
 */
export function checkoutSteps(frontEnd: string): readonly Step[] {
  const account = {
    username: `{{ ${customer} }}`,
    password: `{{ ${customer} }}`,
    email: `{{ ${customer} }}@example.com`,
    firstName: "Synthetic",
    lastName: "Customer",
  };
  return [
    {
      ...post("register", `${frontEnd}/register`, { body: account, status: "200" }),
      extractedValues: [
        {
          name: session,
          type: "http_header",
          field: "set-cookie",
          parser: { type: "regex", value: "md\\.sid=[^;]+" },
          secure: true,
        },
      ],
    },
    post("save an address", `${frontEnd}/addresses`, { body: address, status: "200" }),
    post("save a card", `${frontEnd}/cards`, { body: card, status: "200" }),
    post("put socks into the cart", `${frontEnd}/cart`, { body: { id: sock }, status: "201" }),
    withTotal(post("order", `${frontEnd}/orders`, { status: "201" })),
  ].map(withHeaders);
}

function post(name: string, url: string, { body, status }: { body?: object; status: string }) {
  return {
    name,
    subtype: "http",
    assertions: [statusIs(status)],
    requestDefinition: {
      method: "POST",
      url,
      ...(body && { body: JSON.stringify(body), bodyType: "application/json" }),
      timeout: patience,
    },
  };
}

function statusIs(status: string) {
  return { type: "statusCode", operator: "is", target: status };
}

/** An order that costs nothing would be none. */
function withTotal(one: ReturnType<typeof post>): Step {
  const targetjsonpath = { jsonpath: "$.total", operator: "moreThan", targetvalue: "0" };
  const total = { type: "body", operator: "validatesJSONPath", targetjsonpath };
  return { ...one, assertions: [...one.assertions, total] };
}

/** The steps after the first are those of the customer who is logged in. */
function withHeaders(one: Step, index: number): Step {
  const isJson = one.requestDefinition?.body !== undefined;
  const json: Record<string, string> = isJson ? { "Content-Type": "application/json" } : {};
  return { ...one, requestHeaders: { ...(index > 0 && asCustomer), ...json } };
}
