import { GoError } from "../../gokit/go-error.ts";
import { goDecode, goString } from "../../gokit/json.ts";
import { kitJson } from "../../gokit/kit.ts";
import type { GoRoute } from "../../gokit/router.ts";
import type { HttpRequest } from "../../../http/message.ts";
import { isObjectId } from "../../pod/identity.ts";
import type { StoredAddress, StoredCard } from "../../stores/user-db.ts";
import { addressBody, cardBody } from "./bodies.ts";
import type { Route, UserService } from "./context.ts";
import { decoding, GoPanic, HAL_TYPE } from "./context.ts";
import type { AttributeArgs } from "./users.ts";
import { findById, maskedNumber, saveAddress, saveCard } from "./users.ts";

/** Routes on addresses and cards. */
export function attributeRoutes(service: UserService): readonly GoRoute[] {
  return [
    { method: "GET", path: "/addresses*", handle: getAddresses(service) },
    { method: "GET", path: "/cards*", handle: getCards(service) },
    { method: "POST", path: "/addresses", handle: decoding(service, postAddress(service)) },
    { method: "POST", path: "/cards", handle: decoding(service, postCard(service)) },
  ];
}

/**
 * Where a new address or card goes. The QUAY fork uses the customer's id for it, so that a second
 * one replaces the first; without a customer its program panics.
 */
function placeOf({ deps }: UserService, customerId: string): AttributeArgs {
  if (customerId !== "" && !isObjectId(customerId)) throw new GoError("Invalid Id Hex");
  if (deps.image.family === "weave") return { customerId, id: deps.newObjectId() };
  if (customerId === "") throw new GoPanic('invalid input to ObjectIdHex: ""');
  return { customerId, id: customerId };
}

function idOf(request: HttpRequest): string {
  return request.path.split("/")[2] ?? "";
}

function getAddresses({ serve, database, domain, dumps }: UserService): Route {
  return (request) => {
    const id = idOf(request);
    return serve({
      method: "GetAddresses",
      caller: "middlewares.go:98",
      run: (): readonly StoredAddress[] => {
        const store = database();
        if (id === "") return [...store.addresses.values()];
        if (isObjectId(id)) dumps?.address(store.addresses.get(id), id, domain);
        return [findById(store.addresses, id)];
      },
      fields: (found) => ({ id: id || "all", result: found?.length ?? (id === "" ? 0 : 1) }),
      respond: (found) => {
        const bodies = found.map((address) => addressBody(address, domain));
        return kitJson(HAL_TYPE, id === "" ? { _embedded: { address: bodies } } : bodies[0]);
      },
    });
  };
}

function getCards({ serve, database, domain, dumps }: UserService): Route {
  return (request) => {
    const id = idOf(request);
    return serve({
      method: "GetCards",
      caller: "middlewares.go:128",
      run: (): readonly StoredCard[] => {
        const store = database();
        if (id === "") return [...store.cards.values()];
        if (isObjectId(id)) dumps?.card(store.cards.get(id), id, domain);
        return [findById(store.cards, id)];
      },
      fields: (found) => ({ id: id || "all", result: found?.length ?? (id === "" ? 0 : 1) }),
      respond: (found) => {
        const bodies = found.map((card) => cardBody(card, domain));
        return kitJson(HAL_TYPE, id === "" ? { _embedded: { card: bodies } } : bodies[0]);
      },
    });
  };
}

function postAddress(service: UserService): Route {
  return async (request) => {
    const value = goDecode(request.body);
    const text = (name: string): string => goString(value, name, "addressPostRequest");
    const user = text("userID");
    const address = {
      street: text("street"),
      number: text("number"),
      country: text("country"),
      city: text("city"),
      postcode: text("postcode"),
    };
    return await service.serve({
      method: "PostAddress",
      caller: "middlewares.go:84",
      run: () => saveAddress(service.database(), address, placeOf(service, user)),
      fields: () => ({ street: address.street, number: address.number, user }),
      respond: ({ id }) => kitJson(HAL_TYPE, { id }),
    });
  };
}

function postCard(service: UserService): Route {
  return async (request) => {
    const value = goDecode(request.body);
    const text = (name: string): string => goString(value, name, "cardPostRequest");
    const user = text("userID");
    const card = { longNum: text("longNum"), expires: text("expires"), ccv: text("ccv") };
    if (card.longNum.length < 4) throw new GoPanic("strings: negative Repeat count");
    return await service.serve({
      method: "PostCard",
      caller: "middlewares.go:113",
      run: () => saveCard(service.database(), card, placeOf(service, user)),
      fields: () => ({ card: maskedNumber(card.longNum), user }),
      respond: ({ id }) => kitJson(HAL_TYPE, { id }),
    });
  };
}
