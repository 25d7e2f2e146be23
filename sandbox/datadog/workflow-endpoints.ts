import { type Endpoints, v2 } from "./http/endpoint.ts";
import * as workflows from "./routes/workflows.ts";

/** Workflows are kept as declared: none is run. */
export const workflowEndpoints: Endpoints = {
  "POST /api/v2/workflows": {
    body: v2("CreateWorkflowRequest"),
    run: workflows.createWorkflow,
    imitates: "triggers must begin with steps that there are; no workflow is run",
  },
  "GET /api/v2/workflows/:id": {
    run: workflows.getWorkflow,
    imitates: "as declared",
  },
  "PATCH /api/v2/workflows/:id": {
    body: v2("UpdateWorkflowRequest"),
    run: workflows.updateWorkflow,
    imitates: "replaces the attributes given",
  },
  "DELETE /api/v2/workflows/:id": {
    run: workflows.deleteWorkflow,
    imitates: "at once",
  },
};
