import { type Endpoints, v1 } from "./http/endpoint.ts";
import * as locations from "./routes/private-locations.ts";
import * as synthetics from "./routes/synthetics.ts";

/** Synthetic tests, and the private locations that run them. */
export const syntheticsEndpoints: Endpoints = {
  "POST /api/v1/synthetics/tests/api": {
    body: v1("SyntheticsAPITest"),
    run: synthetics.createSyntheticsTest,
    imitates: "API tests of several steps, with their monitor; runs by the worker's stand-in alone",
  },
  "GET /api/v1/synthetics/tests/api/:id": {
    run: synthetics.getSyntheticsTest,
    imitates: "as declared",
  },
  "GET /api/v1/synthetics/tests/:id": {
    run: synthetics.getSyntheticsTest,
    imitates: "as declared",
  },
  "PUT /api/v1/synthetics/tests/api/:id": {
    body: v1("SyntheticsAPITest"),
    run: synthetics.updateSyntheticsTest,
    imitates: "replaces the test and its monitor",
  },
  "POST /api/v1/synthetics/tests/delete": {
    body: v1("SyntheticsDeleteTestsPayload"),
    run: synthetics.deleteSyntheticsTests,
    imitates: "with their monitors and results",
  },
  "GET /api/v1/synthetics/tests/:id/results": {
    run: synthetics.listSyntheticsResults,
    imitates: "the newest 200, without timings",
  },
  "POST /api/v1/synthetics/private-locations": {
    body: v1("SyntheticsPrivateLocation"),
    run: locations.createPrivateLocation,
    imitates: "with a configuration for the worker's stand-in, which has no real keys",
  },
  "GET /api/v1/synthetics/private-locations/:id": {
    run: locations.getPrivateLocation,
    imitates: "as declared, without its configuration",
  },
  "PUT /api/v1/synthetics/private-locations/:id": {
    body: v1("SyntheticsPrivateLocation"),
    run: locations.updatePrivateLocation,
    imitates: "replaces name, description and tags",
  },
  "DELETE /api/v1/synthetics/private-locations/:id": {
    run: locations.deletePrivateLocation,
    imitates: "at once, whatever tests name it",
  },
};
