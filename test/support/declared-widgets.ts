import type { Formula, SourceQuery } from "../../sandbox/datadog/query/formula-request.ts";
import { stackGraph } from "../../simulation/declared/stack-graph.ts";

/** A request of a declared widget that asks for values. */
export interface DeclaredWidget {
  readonly title: string;
  readonly format: "scalar" | "timeseries";
  readonly queries: readonly SourceQuery[];
  readonly formulas: readonly Formula[];
}

interface Definition {
  readonly title?: string;
  readonly widgets?: readonly { readonly definition: Definition }[];
  readonly requests?: readonly {
    readonly response_format?: string;
    readonly queries?: readonly SourceQuery[];
    readonly formulas?: readonly Formula[];
  }[];
}

interface Board {
  readonly widgets: readonly { readonly definition: Definition }[];
  readonly template_variables: readonly {
    readonly name: string;
    readonly prefix: string;
    readonly defaults: readonly string[];
  }[];
}

/** Every request for values of the stack's dashboards, its variables at their defaults. */
export async function declaredWidgets(): Promise<readonly DeclaredWidget[]> {
  const { resources } = await stackGraph();
  const boards = resources
    .filter(({ type }) => type === "datadog:index/dashboardJson:DashboardJson")
    .map(({ inputs }) => String((inputs as { readonly dashboard: unknown }).dashboard));
  return boards.flatMap((text) => {
    const { template_variables: variables } = JSON.parse(text) as Board;
    const filled = variables.reduce(
      (done, { name, prefix, defaults: [value = "*"] }) =>
        done.replaceAll(new RegExp(`\\$${name}\\b`, "g"), `${prefix}:${value}`),
      text,
    );
    return (JSON.parse(filled) as Board).widgets.flatMap(({ definition }) =>
      requestsOf(definition),
    );
  });
}

function requestsOf({ title = "", widgets = [], requests = [] }: Definition): DeclaredWidget[] {
  const own = requests.flatMap(({ response_format: format, queries, formulas = [] }) =>
    (format === "scalar" || format === "timeseries") && queries !== undefined
      ? [{ title, format, queries, formulas } as const]
      : [],
  );
  return [...own, ...widgets.flatMap(({ definition }) => requestsOf(definition))];
}
