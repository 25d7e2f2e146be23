// The shop in the words of the real front-end (public/js/client.js, basket.html, customer-orders.html
// of microservices-demo/front-end). What a service sends is text: nothing of it becomes markup.
/* global document, fetch, FormData, location, btoa */
import { element, find, money, row, shownDate } from "./elements.js";

const shipping = 4.99;
const showsErrors = document.body.dataset.showsErrors === "true";

function loggedIn() {
  return document.cookie.split("; ").some((pair) => pair.startsWith("logged_in="));
}

function say(text, kind) {
  find("user-message").textContent = text;
  find("user-message").className = kind;
}

function send(method, url, body) {
  if (body === undefined) return fetch(url, { method });
  const headers = { "content-type": "application/json" };
  return fetch(url, { method, headers, body: JSON.stringify(body) });
}

/** What a path answers; undefined where that is no JSON. */
async function read(url) {
  try {
    return JSON.parse(await (await fetch(url)).text());
  } catch {
    return undefined;
  }
}

async function readList(url) {
  const found = await read(url);
  return Array.isArray(found) ? found : [];
}

function onSubmit(id, action) {
  find(id).addEventListener("submit", (event) => {
    event.preventDefault();
    void action(Object.fromEntries(new FormData(event.target)));
  });
}

const socks = await readList("catalogue");
const nameOf = (id) => socks.find((sock) => sock.id === id)?.name ?? id;

function showSocks() {
  const cards = socks.map((sock) => {
    const picture = element("img", { src: String(sock.imageUrl?.[0] ?? ""), alt: "" });
    const add = element("button", { type: "button" }, "Add to cart");
    add.setAttribute("aria-label", `Add to cart: ${sock.name}`);
    add.addEventListener("click", async () => {
      await send("POST", "cart", { id: sock.id });
      await showCart();
    });
    const name = element("div", {}, sock.name);
    return element("li", {}, picture, name, element("div", {}, money(sock.price)), add);
  });
  find("socks").replaceChildren(...cards);
}

async function showCart() {
  const items = await readList("cart");
  const sum = items.reduce((total, item) => total + item.quantity * item.unitPrice, 0);
  const count = items.reduce((total, item) => total + item.quantity, 0);
  find("numItemsInCart").textContent = count === 0 ? "0 items in cart" : `${count} item(s) in cart`;
  find("cart-words").textContent = `You currently have ${count} item(s) in your cart.`;
  find("orderButton").disabled = items.length === 0;
  find("orderSubtotal").textContent = money(sum);
  find("orderShipping").textContent = money(items.length === 0 ? 0 : shipping);
  find("orderGrandTotal").textContent = money(items.length === 0 ? 0 : sum + shipping);
  find("cart-list").replaceChildren(...items.map(cartRow));
}

function cartRow(item) {
  const remove = element("button", { type: "button" }, "Remove");
  remove.setAttribute("aria-label", `Remove ${nameOf(item.itemId)}`);
  remove.addEventListener("click", async () => {
    await send("DELETE", `cart/${encodeURIComponent(item.itemId)}`);
    await showCart();
  });
  const { quantity, unitPrice } = item;
  return row(
    nameOf(item.itemId),
    String(quantity),
    money(unitPrice),
    money(quantity * unitPrice),
    remove,
  );
}

async function showCustomer() {
  for (const part of document.querySelectorAll("[data-for=guests]")) part.hidden = loggedIn();
  find("logout").hidden = !loggedIn();
  const customer = loggedIn() ? await read("customers/me") : undefined;
  const name = `${customer?.firstName ?? ""} ${customer?.lastName ?? ""}`.trim();
  find("howdy").textContent = loggedIn() ? `Logged in as ${name}` : "";
}

/** What an order needs beside a cart, in the real page's words; whether both are there. */
async function showAddressAndCard() {
  const [address, card] = await Promise.all([readSaved("address"), readSaved("card")]);
  find("address-words").textContent = address
    ? `${address.number} ${address.street}, ${address.city}, ${address.postcode}, ${address.country}`
    : "No address saved for user.";
  find("card-words").textContent = card
    ? `Card ending in ${card.number}`
    : "No credit card saved for user.";
  return address !== undefined && card !== undefined;
}

/** The front-end answers 200 with a status code of 500 in the body where nothing is saved. */
async function readSaved(url) {
  const found = await read(url);
  return found?.status_code === 500 ? undefined : found;
}

async function showOrders() {
  const orders = loggedIn() ? await readList("orders") : [];
  find("tableOrders").replaceChildren(...orders.map(orderRow));
}

function orderRow(order) {
  const id = String(order._links?.self?.href ?? "")
    .split("/")
    .at(-1);
  const view = element("button", { type: "button" }, "View");
  view.setAttribute("aria-label", `View order ${id}`);
  view.addEventListener("click", () => showOrder(id, order));
  return row(
    `# ${id}`,
    shownDate(order.date),
    money(order.total),
    // the real page prints this very word for every order
    element("span", { class: "label" }, "Shipped"),
    order.status ?? "no status",
    view,
  );
}

function showOrder(id, { date, items = [], customer = {}, address = {}, total }) {
  const list = items.map((item) => {
    const words = `${item.quantity} × ${nameOf(item.itemId)}, ${money(item.unitPrice)} each`;
    return element("li", {}, words);
  });
  const { number, street, city, country, postcode } = address ?? {};
  const name = `${customer?.firstName ?? ""} ${customer?.lastName ?? ""}`;
  const title = element("h3", { tabindex: "-1" }, `Order #${id}`);
  find("customer-order").replaceChildren(
    title,
    element("p", {}, `Order was placed on ${shownDate(date)} and is currently shipped.`),
    element("ul", {}, ...list),
    element("p", {}, `Shipping and handling ${money(shipping)}, total ${money(total)}`),
    element("h4", {}, "Shipping address"),
    element("p", {}, `${name}, ${number} ${street}, ${city}, ${country}, ${postcode}`),
  );
  title.focus();
}

async function refresh() {
  await Promise.all([showCustomer(), showAddressAndCard(), showCart(), showOrders()]);
}

/** The stock page shows a refusal (406) and nothing of any other failure; the error-fix build all. */
async function order() {
  if (!loggedIn()) {
    say("You must be logged in to place an order.", "danger");
    return;
  }
  if (!(await showAddressAndCard())) {
    say("Could not place order. Missing shipping or payment information.", "danger");
    return;
  }
  say("", "");
  const response = await send("POST", "orders");
  const { message } = await response.json().catch(() => ({}));
  if (response.status === 201) {
    say("Order placed.", "success");
    await send("DELETE", "cart");
  } else if (response.status === 406 || showsErrors) {
    say(`Error placing order. ${message}`, "danger");
  }
  find("answer").textContent = answerWords(response.status, message);
  await refresh();
}

/** The sandbox's own words: a customer of the real shop sees nothing of them. */
function answerWords(status, message) {
  if (status === 201) return "";
  const isSilent = status !== 406 && !showsErrors;
  const why = message === undefined ? "" : `: ${message}`;
  const silence = isSilent ? " The stock page shows a customer nothing of it." : "";
  return `Sandbox: the front-end answered ${status}${why}.${silence}`;
}

onSubmit("login", async ({ username, password }) => {
  const headers = { authorization: `Basic ${btoa(`${username}:${password}`)}` };
  const { ok } = await fetch("login", { headers });
  say(ok ? "Login successful." : "Invalid login credentials.", ok ? "success" : "danger");
  await refresh();
});
onSubmit("register", async (customer) => {
  const { ok, statusText } = await send("POST", "register", customer);
  if (ok) say("Registration and login successful.", "success");
  else say(`There was a problem with your registration: ${statusText}`, "danger");
  await refresh();
});
onSubmit("address", async (address) => {
  const { ok, statusText } = await send("POST", "addresses", address);
  if (!ok) say(`Error saving the address. ${statusText}`, "danger");
  await refresh();
});
onSubmit("card", async (card) => {
  const { ok, statusText } = await send("POST", "cards", card);
  if (!ok) say(`Error saving the creditcard. ${statusText}`, "danger");
  await refresh();
});
find("logout").addEventListener("click", () => {
  document.cookie = "logged_in=; Max-Age=0; path=/";
  location.reload();
});
find("orderButton").addEventListener("click", () => void order());

showSocks();
await refresh();
