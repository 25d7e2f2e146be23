import { expect } from "chai";
import type { Shop } from "../../../simulation/timeline/simulated-shop.ts";
import { startShop } from "../../../simulation/timeline/simulated-shop.ts";
import type { Shopper } from "../../../simulation/timeline/shopper.ts";
import { shopper, socks } from "../../../simulation/timeline/shopper.ts";

// What the pods print around an order, in the words and shapes of the real services.

const CONTROLLER = "w.w.s.o.controllers.OrdersController     :";
const ESC = "\u001b";

/** Messages of the controller, without the header of their lines. */
function controllerLines(shop: Shop, after: string): readonly string[] {
  const lines = shop.log("orders").slice(after.length).split("\n");
  return lines.flatMap((line) => line.split(`${CONTROLLER} `)[1] ?? []);
}

function errorLines(text: string): readonly string[] {
  return text.split("\n").filter((line) => line.includes(" ERROR ["));
}

async function readyCustomer(shop: Shop): Promise<Shopper> {
  const customer = shopper(shop.url("front-end"));
  await customer.signUp("ada");
  await customer.fillCart(socks.figueroa);
  return customer;
}

describe("the stock orders' log", () => {
  it("shows the payment request with the card in clear and the answer, with the quay images", async () => {
    const shop = await startShop("quay");
    const customer = await readyCustomer(shop);

    await customer.order();
    const lines = controllerLines(shop, "");
    const text = shop.log("orders");
    await shop.close();

    expect(lines).to.deep.equal([
      "Starting calls addressFuture",
      "Starting calls customerFuture",
      "Starting calls cardFuture",
      "Starting calls itemsFuture",
      "End of calls.",
      "Sending payment request: PaymentRequest{address=Address{id=null, number='7', " +
        "street='Sandbox Street', city='Testville', country='Nowhere', postcode='TE57'}, " +
        "card=Card{id=null, longNum='4111111111111111', expires='12/30', ccv='123'}, " +
        "customer=Customer{id=null, firstName='Ada', lastName='Tester', username='ada', " +
        "addresses=[], cards=[]}}",
      "Received payment response: PaymentResponse{authorised=true, message=Payment authorised}",
    ]);
    expect(text).to.include("[cTaskExecutor-1] w.w.s.orders.services.AsyncGetService    : Req");
    expect(text).to.match(/Requesting: <GET http:\/\/user\/cards\/[0-9a-f]{24},\{Accept=\[/);
    expect(errorLines(text)).to.deep.equal([]);
  });

  it("shows only the two payment lines with the weave images", async () => {
    const shop = await startShop("weave");
    const customer = await readyCustomer(shop);

    await customer.order();
    const lines = controllerLines(shop, "");
    const text = shop.log("orders");
    await shop.close();

    expect(lines.map((line) => line.slice(0, 25))).to.deep.equal([
      "Sending payment request: ",
      "Received payment response",
    ]);
    expect(text).not.to.include("AsyncGetService");
  });

  it("has no warning or error after a decline", async () => {
    const shop = await startShop("quay");
    const customer = await readyCustomer(shop);
    await customer.fillCart(socks.holy, socks.superSport);

    await customer.order();
    const text = shop.log("orders");
    await shop.close();

    expect(text).to.include(
      "PaymentResponse{authorised=false, message=Payment declined: amount exceeds 105.00}",
    );
    expect(text).not.to.match(/ (ERROR|WARN) /);
  });

  it("prints the trace on stderr, then one ERROR line with an empty MDC and the root cause", async () => {
    const shop = await startShop("quay");
    const customer = await readyCustomer(shop);
    await shop.stop("payment");

    await customer.order();
    const lines = shop.pod("orders").lines.recent();
    await shop.close();

    const stderr = lines.filter(({ stream }) => stream === "stderr").map(({ text }) => text);
    const refused = "Connection refused (Connection refused)";
    const access =
      "org.springframework.web.client.ResourceAccessException: I/O error on POST request for " +
      `"http://payment/paymentAuth": ${refused}; nested exception is java.net.ConnectException: ${refused}`;
    expect(stderr[0]).to.equal(`java.util.concurrent.ExecutionException: ${access}`);
    expect(stderr).to.include(`Caused by: ${access}`);
    expect(stderr).to.include(`Caused by: java.net.ConnectException: ${refused}`);
    expect(stderr.filter((line) => line.startsWith("\tat ")).length).to.be.greaterThan(20);

    const stdout = lines.filter(({ stream }) => stream === "stdout").map(({ text }) => text);
    const at = stdout.findIndex((line) => line.includes(" ERROR "));
    expect(stdout[at]).to.match(
      / ERROR \[orders,,,\] 1 --- \[nio-8082-exec-1\] o\.a\.c\.c\.C\.\[\.\[\.\[\/\]/,
    );
    expect(stdout[at]).to.match(
      /\.\[dispatcherServlet\] {4}: Servlet\.service\(\) for servlet \[dispatcherServlet\] .*java\.lang\.IllegalStateException: Unable to create order due to unspecified IO error\.\] with root cause$/,
    );
    expect(stdout.slice(at + 1, at + 3)).to.deep.equal([
      "",
      `java.net.ConnectException: ${refused}`,
    ]);
    expect(stdout.at(-1)).to.equal("");
  });

  it("prints nothing on stderr with the weave images", async () => {
    const shop = await startShop("weave");
    const customer = await readyCustomer(shop);
    await shop.stop("payment");

    await customer.order();
    const lines = shop.pod("orders").lines.recent();
    await shop.close();

    expect(lines.filter(({ stream }) => stream === "stderr")).to.deep.equal([]);
    expect(errorLines(lines.map(({ text }) => text).join("\n")).length).to.equal(1);
  });
});

describe("the status-fix orders' log", () => {
  let shop: Shop;
  let customer: Shopper;
  let before: string;

  beforeEach(async () => {
    shop = await startShop("status-fix");
    customer = await readyCustomer(shop);
    before = shop.log("orders");
  });
  afterEach(() => shop.close());

  /** Lines that name the order, with its id replaced and the payment request cut. */
  function lifecycle(id: string): readonly string[] {
    return controllerLines(shop, before)
      .filter((line) => line.includes(id))
      .map((line) => line.replaceAll(id, "<id>").replace(/PaymentRequest\{.*/, "PaymentRequest{"));
  }

  it("follows an order from Created to shipped", async () => {
    const { json } = await customer.order();

    expect(lifecycle((json as { id: string }).id)).to.deep.equal([
      "Order created with ID: <id> and status: Created",
      "Order <id> status updated to PENDING",
      "Sending payment request for order <id>: PaymentRequest{",
      "Received payment response for order <id>: " +
        "PaymentResponse{authorised=true, message=Payment authorised}",
      "Order <id> payment successful, status updated to PAID",
      "Order <id> shipped successfully",
    ]);
  });

  it("says ERROR, WARN and ERROR when payment refuses connections", async () => {
    await shop.stop("payment");

    const { json } = await customer.order();
    const { message } = json as { message: string };
    const id = message.slice(-24);

    const refused = "Connection refused (Connection refused)";
    expect(lifecycle(id)).to.deep.equal([
      "Order created with ID: <id> and status: Created",
      "Order <id> status updated to PENDING",
      "Sending payment request for order <id>: PaymentRequest{",
      "Payment failed for order <id>: org.springframework.web.client.ResourceAccessException: " +
        `I/O error on POST request for "http://payment/paymentAuth": ${refused}; ` +
        `nested exception is java.net.ConnectException: ${refused}`,
      "Order <id> status updated to PAYMENT_FAILED due to: Connection refused",
    ]);
    const text = shop.log("orders").slice(before.length);
    expect(text).to.match(/ ERROR \[orders,[0-9a-f]{16},[0-9a-f]{16},false\] .*Payment failed for/);
    expect(text).to.match(
      / {2}WARN \[orders,[0-9a-f]{16},[0-9a-f]{16},false\] .*PAYMENT_FAILED due/,
    );
    expect(errorLines(text).at(-1)).to.include(`Payment service unavailable for order ${id}]`);
  });
});

describe("the other services' logs of an order", () => {
  let shop: Shop;
  let customer: Shopper;

  beforeEach(async () => {
    shop = await startShop("quay");
    customer = await readyCustomer(shop);
  });
  afterEach(() => shop.close());

  it("payment says authorised, how long it took, and nothing of the order, on stderr", async () => {
    await customer.order();

    const [, line] = shop.pod("payment").lines.recent();
    expect(line?.stream).to.equal("stderr");
    expect(line?.text).to.match(
      /^ts=2030-01-02T03:04:05\.\d+Z caller=logging\.go:25 method=Authorise result=true took=[\d.]+(ns|µs)$/,
    );
  });

  it("shipping and queue-master print plain lines", async () => {
    const reply = await customer.order();

    const { customerId } = reply.json as { customerId: string };
    expect(shop.log("shipping").split("\n")).to.include("Adding shipment to queue...");
    expect(shop.log("queue-master").split("\n")).to.include(
      `Received shipment task: ${customerId}`,
    );
  });

  it("front-end ends each order with a coloured access line without a time", async () => {
    await customer.order();
    await shop.stop("payment");
    await customer.order();

    const lines = shop.log("front-end").split("\n");
    expect(lines).to.include(`${ESC}[0mPOST /orders ${ESC}[32m201 ${ESC}[0m- ms - -${ESC}[0m`);
    expect(lines).to.include(`${ESC}[0mPOST /orders ${ESC}[31m500 ${ESC}[0m- ms - -${ESC}[0m`);
    expect(lines).to.include("[ undefined, undefined ]");
  });

  it("front-end, user and orders leak the card, user masks it in one line only", async () => {
    await customer.order();

    expect(shop.log("front-end")).to.include('Posting Card: {"longNum":"4111111111111111"');
    expect(shop.log("front-end")).to.include('\\"longNum\\":\\"4111111111111111\\"');
    expect(shop.log("front-end")).to.include('"password":"pw"');
    expect(shop.log("orders")).to.include("longNum='4111111111111111'");
    expect(shop.log("user")).to.include("{LongNum:4111111111111111 Expires:12/30 CCV:123");
    expect(shop.log("user")).to.include("method=PostCard card=************1111 user=");
  });

  it("user dumps no card with the weave images", async () => {
    const weave = await startShop("weave");
    await (await readyCustomer(weave)).order();
    const text = weave.log("user");
    await weave.close();

    expect(text).not.to.include("4111111111111111");
    expect(text).to.include("method=PostCard card=************1111");
  });
});
