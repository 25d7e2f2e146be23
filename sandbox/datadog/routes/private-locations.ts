import { type Answer, type Call, Refusal } from "../http/handler.ts";
import { giveId, hexId } from "../ids.ts";
import type { PrivateLocation, State } from "../state.ts";

type LocationBody = Pick<PrivateLocation, "name" | "description" | "tags"> & {
  metadata?: PrivateLocation["metadata"];
};

/**
 * What the worker is configured with is answered once, at creation, and is not kept. The keys are
 * none: the stand-in's worker needs nothing but the address, which the real configuration has not.
 */
export function createPrivateLocation(state: State, call: Call): Answer {
  const given = giveId(state);
  const now = call.now.toISOString();
  const body = call.body as LocationBody;
  const location: PrivateLocation = {
    ...declare(body),
    id: `pl:${slug(body.name)}-${hexId("private location", given.number)}`,
    createdAt: now,
    modifiedAt: now,
  };
  const { synthetics } = given.state;
  const publicKey = "stand-in: no key";
  const config = {
    id: location.id,
    site: "datadoghq.com",
    accessKey: hexId("access key", given.number),
    secretAccessKey: hexId("secret access key", given.number).repeat(2),
    privateKey: "stand-in: no key",
    publicKey: { pem: publicKey, fingerprint: "sha256$base64$stand-in" },
    sandboxApi: `http://${call.headers.host ?? "127.0.0.1"}/`,
  };
  return {
    body: {
      private_location: location,
      config,
      result_encryption: { id: config.publicKey.fingerprint, key: publicKey },
    },
    state: {
      ...given.state,
      synthetics: { ...synthetics, locations: [...synthetics.locations, location] },
    },
  };
}

export function getPrivateLocation(state: State, call: Call): Answer {
  return { body: find(state, call) };
}

export function updatePrivateLocation(state: State, call: Call): Answer {
  const { id, createdAt } = find(state, call);
  const location: PrivateLocation = {
    ...declare(call.body as LocationBody),
    id,
    createdAt,
    modifiedAt: call.now.toISOString(),
  };
  const locations = state.synthetics.locations.map((one) => (one.id === id ? location : one));
  return { body: location, state: { ...state, synthetics: { ...state.synthetics, locations } } };
}

export function deletePrivateLocation(state: State, call: Call): Answer {
  const { id } = find(state, call);
  const { synthetics } = state;
  const locations = synthetics.locations.filter((one) => one.id !== id);
  return { status: 204, state: { ...state, synthetics: { ...synthetics, locations } } };
}

function declare({ name, description, tags, metadata }: LocationBody) {
  return { name, description, tags, metadata: metadata ?? { restricted_roles: [] } };
}

function slug(name: string): string {
  return name
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-")
    .replaceAll(/^-|-$/g, "");
}

function find(state: State, call: Call): PrivateLocation {
  const id = call.params["id"] ?? "";
  const location = state.synthetics.locations.find((one) => one.id === id);
  if (location === undefined) {
    throw new Refusal(404, `Synthetics Private Location: ${id} not found`);
  }
  return location;
}
