import type { Answer } from "../../express/answer.ts";
import { written } from "../../express/answer.ts";
import type { ExpressRoute, Visit } from "./visit.ts";
import { callText } from "./visit.ts";

/** `helpers.simpleHttpRequest`: the backend's body with status 200, whatever its status was. */
export async function always200(visit: Visit, url: string): Promise<Answer> {
  const response = await callText(visit, { url });
  return written(200, response.body.toString("utf8"));
}

export const catalogueRoutes: readonly ExpressRoute[] = [
  {
    method: "GET",
    path: /^\/catalogue\/images/,
    run: async (visit) => {
      const url = `http://catalogue${visit.request.url}`;
      const { status, headers, body } = await callText(visit, { url });
      const type = headers["content-type"] ?? "";
      return {
        status,
        body,
        headers: { "content-type": type, "content-length": String(body.length) },
        seenByMorgan: true,
      };
    },
  },
  {
    method: "GET",
    path: /^\/catalogue/,
    run: (visit) => always200(visit, `http://catalogue${visit.request.url}`),
  },
  {
    method: "GET",
    path: /^\/tags$/,
    run: (visit) => always200(visit, "http://catalogue/tags"),
  },
];
