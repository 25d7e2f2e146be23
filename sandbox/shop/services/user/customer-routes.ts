import { GoError } from "../../gokit/go-error.ts";
import { goDecode, goString } from "../../gokit/json.ts";
import { kitJson } from "../../gokit/kit.ts";
import type { GoRoute } from "../../gokit/router.ts";
import { hexId } from "../../pod/identity.ts";
import type { StoredCustomer } from "../../stores/user-db.ts";
import { addressBody, cardBody, customerBody } from "./bodies.ts";
import type { Route, UserService } from "./context.ts";
import { decoding, HAL_TYPE } from "./context.ts";
import type { Registration } from "./users.ts";
import { addressesOf, cardsOf, findById, login, register, removeEntity } from "./users.ts";

/** Routes on customers: login, registration, look-up, removal. */
export function customerRoutes(service: UserService): readonly GoRoute[] {
  return [
    { method: "GET", path: "/login", handle: decoding(service, loginRoute(service)) },
    { method: "POST", path: "/register", handle: decoding(service, registerRoute(service)) },
    { method: "POST", path: "/customers", handle: decoding(service, postCustomer(service)) },
    { method: "GET", path: "/customers*", handle: getCustomers(service) },
    { method: "DELETE", path: "/*", handle: decoding(service, deleteRoute(service)) },
  ];
}

function loginRoute({ serve, database, domain }: UserService): Route {
  return async (request) => {
    const [username, password] = basicAuth(request.headers.authorization);
    return await serve({
      method: "Login",
      caller: "middlewares.go:31",
      run: () => login(database(), username, password),
      fields: () => ({}),
      respond: (customer) => kitJson(HAL_TYPE, { user: customerBody(customer, domain) }),
    });
  };
}

function basicAuth(header: string | undefined): readonly [username: string, password: string] {
  const encoded = /^Basic (.+)$/i.exec(header ?? "")?.[1];
  const decoded = encoded === undefined ? "" : Buffer.from(encoded, "base64").toString("utf8");
  const colon = decoded.indexOf(":");
  if (colon === -1) throw new GoError("Unauthorized", 401);
  return [decoded.slice(0, colon), decoded.slice(colon + 1)];
}

function decodedRegistration(body: string, struct: string): Registration {
  const value = goDecode(body);
  const text = (name: string): string => goString(value, name, struct);
  return {
    username: text("username"),
    password: text("password"),
    email: text("email"),
    firstName: text("firstName"),
    lastName: text("lastName"),
  };
}

function fresh({ deps }: UserService): { readonly id: string; readonly salt: string } {
  return { id: deps.newObjectId(), salt: hexId(deps.random, 20) };
}

function registerRoute(service: UserService): Route {
  return async (request) => {
    const wanted = decodedRegistration(request.body, "registerRequest");
    return await service.serve({
      method: "Register",
      caller: "middlewares.go:42",
      run: () => register(service.database(), wanted, fresh(service)),
      fields: () => ({ username: wanted.username, email: wanted.email }),
      respond: ({ id }) => kitJson(HAL_TYPE, { id }),
    });
  };
}

/** Unlike /register it takes neither e-mail nor password: their JSON names are "-". */
function postCustomer(service: UserService): Route {
  return async (request) => {
    const decoded = decodedRegistration(request.body, "User");
    const wanted = { ...decoded, email: "", password: "" };
    return await service.serve({
      method: "PostUser",
      caller: "middlewares.go:55",
      run: () => register(service.database(), wanted, fresh(service)),
      fields: (customer) => ({
        username: wanted.username,
        email: "",
        result: customer?.id ?? "",
      }),
      respond: ({ id }) => kitJson(HAL_TYPE, { id }),
    });
  };
}

function getCustomers({ serve, database, domain }: UserService): Route {
  return (request) => {
    const [, , id = "", attribute = ""] = request.path.split("/");
    return serve({
      method: "GetUsers",
      caller: "middlewares.go:70",
      run: (): readonly StoredCustomer[] => {
        const store = database();
        return id === "" ? [...store.customers.values()] : [findById(store.customers, id)];
      },
      // The real method returns an empty user beside its error, so the count is 1 even then.
      fields: (customers) => ({
        id: id === "" ? "all" : id,
        result: customers?.length ?? (id === "" ? 0 : 1),
      }),
      respond: (customers) => {
        const [customer] = customers;
        if (id === "" || customer === undefined) {
          const all = customers.map((one) => customerBody(one, domain));
          return kitJson(HAL_TYPE, { _embedded: { customer: all } });
        }
        const store = database();
        if (attribute === "addresses") {
          const addresses = addressesOf(store, customer).map((one) => addressBody(one, domain));
          return kitJson(HAL_TYPE, { _embedded: { address: addresses } });
        }
        if (attribute === "cards") {
          const cards = cardsOf(store, customer).map((one) => cardBody(one, domain));
          return kitJson(HAL_TYPE, { _embedded: { card: cards } });
        }
        return kitJson(HAL_TYPE, customerBody(customer, domain));
      },
    });
  };
}

function deleteRoute({ serve, database }: UserService): Route {
  return async (request) => {
    const parts = request.path.split("/");
    const [, entity = "", id = ""] = parts;
    if (parts.length !== 3) throw new GoError("Invalid request");
    return await serve({
      method: "Delete",
      caller: "middlewares.go:140",
      run: () => {
        removeEntity(database(), entity, id);
        return true;
      },
      fields: () => ({ entity, id }),
      respond: (status) => kitJson(HAL_TYPE, { status }),
    });
  };
}
