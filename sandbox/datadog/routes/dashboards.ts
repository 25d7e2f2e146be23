import { type Answer, type Call, Refusal } from "../http/handler.ts";
import { dashedId, giveId } from "../ids.ts";
import {
  type TemplateVariable,
  whyNotTags,
  whyNotTemplateVariables,
} from "../validation/dashboards.ts";
import { type Dashboard, replaced, type State, type Widget, without } from "../state.ts";

interface DashboardBody extends Pick<Dashboard, "title" | "layout_type" | "widgets"> {
  readonly tags?: readonly string[] | null;
  readonly template_variables?: readonly TemplateVariable[] | null;
  readonly tabs?: readonly { readonly widget_ids: readonly (number | string)[] }[] | null;
}

/** The client's models want numbers of tabs and an index of each sort; Datadog does not. */
export const tolerated =
  /^tabs\[\d+\]\.widget_ids\[\d+\] is "@\d+" |\.sort\.order_by\[\d+\]\.index is missing$/;

/** Widgets that Datadog allows on boards of the `free` layout alone. */
const freeOnly = new Set(["event_stream", "event_timeline"]);

export function createDashboard(state: State, call: Call): Answer {
  const given = giveId(state);
  const id = dashedId("dashboard", given.number);
  const dashboard = declare(id, call, call.now.toISOString());
  return {
    body: dashboard,
    state: { ...given.state, dashboards: [...state.dashboards, dashboard] },
  };
}

export function getDashboard(state: State, call: Call): Answer {
  return { body: find(state, call) };
}

export function updateDashboard(state: State, call: Call): Answer {
  const old = find(state, call);
  const dashboard = declare(old.id, call, old.created_at);
  const dashboards = replaced(state.dashboards, dashboard);
  return { body: dashboard, state: { ...state, dashboards } };
}

export function deleteDashboard(state: State, call: Call): Answer {
  const { id } = find(state, call);
  const dashboards = without(state.dashboards, id);
  return { body: { deleted_dashboard_id: id }, state: { ...state, dashboards } };
}

export function listDashboards(state: State): Answer {
  const dashboards = state.dashboards.map((dashboard) => {
    const { id, title, description, layout_type, url, author_handle } = dashboard;
    const { created_at, modified_at, is_read_only } = dashboard;
    return {
      ...{ id, title, description: description ?? null, layout_type, url, author_handle },
      ...{ created_at, modified_at, is_read_only: is_read_only === true },
    };
  });
  return { body: { dashboards } };
}

function find(state: State, call: Call): Dashboard {
  const id = call.params["id"] ?? "";
  const dashboard = state.dashboards.find((candidate) => candidate.id === id);
  if (dashboard === undefined) {
    throw new Refusal(404, `Dashboard with ID ${id} not found`);
  }
  return dashboard;
}

/** What Datadog answers where a board leaves it out, as its recordings show. */
const leftOut = { description: null, notify_list: null, template_variables: null };

/**
 * What was declared and what Datadog adds of its own (ids, address, author, times). The provider
 * compares the reply with what was declared, and reports as drift what a board leaves out.
 */
function declare(id: string, call: Call, created: string): Dashboard {
  const body = call.body as DashboardBody;
  refuseMisplaced(body);
  const why = whyNotTemplateVariables(body.template_variables ?? []) ?? whyNotTags(body.tags ?? []);
  if (why !== undefined) {
    throw new Refusal(400, why);
  }
  const widgets = numbered(body.widgets, 1);
  return {
    ...leftOut,
    ...body,
    ...(body.tabs ? { tabs: body.tabs.map((tab) => numberedTab(tab, widgets)) } : {}),
    id,
    widgets,
    url: `/dashboard/${id}/${slug(body.title)}`,
    author_handle: "stand-in@sandbox.invalid",
    author_name: "Datadog stand-in",
    created_at: created,
    modified_at: call.now.toISOString(),
  };
}

function refuseMisplaced({ layout_type: layout, widgets }: DashboardBody): void {
  const misplaced = widgets.find(({ definition }) => freeOnly.has(definition.type));
  if (layout === "ordered" && misplaced !== undefined) {
    const { type } = misplaced.definition;
    throw new Refusal(
      400,
      `Invalid payload: widget type "${type}" is for boards of layout_type "free": use "list_stream"`,
    );
  }
}

/** A tab may name widgets by their place, as `@1`. */
function numberedTab<T extends { readonly widget_ids: readonly (number | string)[] }>(
  tab: T,
  widgets: readonly Widget[],
): T {
  const ids = tab.widget_ids.map((one) => {
    const [, place] = /^@(\d+)$/.exec(String(one)) ?? [];
    return place === undefined ? one : (widgets[Number(place) - 1]?.id ?? one);
  });
  return { ...tab, widget_ids: ids };
}

/** Gives every widget an id, those within groups too, as Datadog does. */
function numbered(widgets: Widget[], first: number): Widget[] {
  return widgets.map((widget, index) => {
    const id = first + index;
    const { definition } = widget;
    const inner = definition.type === "group" ? definition.widgets : undefined;
    return {
      ...widget,
      id,
      definition:
        inner === undefined ? definition : { ...definition, widgets: numbered(inner, id * 1000) },
    };
  });
}

function slug(title: string): string {
  return title
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-")
    .replaceAll(/^-|-$/g, "");
}
