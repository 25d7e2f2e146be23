import { expect } from "chai";
import { errorsOf, idOf, standIn } from "../stand-in.ts";

const note = { definition: { type: "note", content: "hi" } };

function board(differences: Record<string, unknown> = {}): Record<string, unknown> {
  return { title: "Order reconciliation!", layout_type: "ordered", widgets: [], ...differences };
}

describe("dashboards", () => {
  it("come back as declared, with what Datadog adds", async () => {
    const declared = board({
      widgets: [note],
      template_variables: [{ name: "ns" }],
      tags: ["team:b"],
    });

    const { body } = await standIn().send("POST /api/v1/dashboard", declared);

    const { id, url, author_handle, author_name, created_at, modified_at, ...rest } =
      body as Record<string, unknown>;
    const leftOut = { description: null, notify_list: null };
    expect(rest).to.deep.equal({ ...leftOut, ...declared, widgets: [{ ...note, id: 1 }] });
    expect(id).to.match(/^[a-z0-9]{3}-[a-z0-9]{3}-[a-z0-9]{3}$/);
    expect(url).to.equal(`/dashboard/${String(id)}/order-reconciliation`);
    expect([author_handle, author_name, created_at, modified_at]).to.deep.equal([
      "stand-in@sandbox.invalid",
      "Datadog stand-in",
      "2027-01-05T10:00:00.000Z",
      "2027-01-05T10:00:00.000Z",
    ]);
  });

  it("refuse tags that name no team, and variables with two defaults or an empty one", async () => {
    const why = async (differences: Record<string, unknown>) => {
      const { body } = await standIn().send("POST /api/v1/dashboard", board(differences));
      return (body as { errors?: string[] }).errors;
    };

    expect(await why({ tags: ["a:b"] })).to.deep.equal([
      "Invalid tag format. Valid tag keys are: team.",
    ]);
    expect(
      await why({ template_variables: [{ name: "ns", default: "a", defaults: ["a"] }] }),
    ).to.deep.equal([`'template_variables' is invalid: "ns" has both default and defaults`]);
    expect(await why({ template_variables: [{ name: "ns", defaults: [""] }] })).to.deep.equal([
      `Minimum length of parameter 'defaults' should be 1: "ns" has an empty one`,
    ]);
  });

  it("let tabs name widgets by their place", async () => {
    const tabs = [{ id: "5b153b9e-f858-5650-9ad0-34d241bfd781", name: "all", widget_ids: ["@1"] }];

    const { body } = await standIn().send(
      "POST /api/v1/dashboard",
      board({ widgets: [note], tabs }),
    );

    expect((body as { tabs: unknown }).tabs).to.deep.equal([{ ...tabs[0], widget_ids: [1] }]);
  });

  it("number the widgets of a group too, each on its own", async () => {
    const group = {
      definition: { type: "group", layout_type: "ordered", title: "g", widgets: [note, note] },
    };

    const { body } = await standIn().send(
      "POST /api/v1/dashboard",
      board({ widgets: [note, group] }),
    );

    const ids = [...JSON.stringify(body).matchAll(/"id":(\d+)/g)].map(([, id]) => Number(id));
    expect(ids.toSorted((a, b) => a - b)).to.deep.equal([1, 2, 2000, 2001]);
  });

  it("keep their id, address and birth over an update, and take the rest from it", async () => {
    const on = standIn();
    const id = idOf(await on.send("POST /api/v1/dashboard", board({ description: "old" })));
    on.setNow("2027-01-05T11:00:00.000Z");

    const { body } = await on.send(`PUT /api/v1/dashboard/${id}`, board({ title: "New" }));

    expect(body).to.deep.include({
      id,
      title: "New",
      url: `/dashboard/${id}/new`,
      created_at: "2027-01-05T10:00:00.000Z",
      modified_at: "2027-01-05T11:00:00.000Z",
    });
    expect(body).to.have.property("description", null);
    expect((await on.send(`GET /api/v1/dashboard/${id}`)).body).to.deep.equal(body);
  });

  it("refuse widgets of free boards on an ordered one, and take them on a free one", async () => {
    const { send } = standIn();
    const layout = { x: 0, y: 0, width: 1, height: 1 };
    const widgets = [{ definition: { type: "event_stream", query: "a" }, layout }];

    const refused = await send("POST /api/v1/dashboard", board({ widgets }));
    const taken = await send("POST /api/v1/dashboard", board({ widgets, layout_type: "free" }));

    expect(errorsOf(refused)).to.deep.equal([
      'Invalid payload: widget type "event_stream" is for boards of layout_type "free": use "list_stream"',
    ]);
    expect(taken.status).to.equal(200);
  });

  it("refuse a widget that Datadog's models do not have", async () => {
    const widgets = [{ definition: { type: "notes", content: "hi" } }, null];

    const reply = await standIn().send("POST /api/v1/dashboard", board({ widgets }));

    expect(reply.status).to.equal(400);
    expect(errorsOf(reply)[0]).to.contain(`'widgets[0].definition.type' is "notes" (string)`);
    expect(errorsOf(reply)[1]).to.equal(
      "Invalid payload: 'widgets[1]' is null: must be present (Widget)",
    );
  });

  it("are listed in short", async () => {
    const on = standIn();
    const id = idOf(await on.send("POST /api/v1/dashboard", board({ is_read_only: true })));

    const { body } = await on.send("GET /api/v1/dashboard");

    const [summary] = (body as { dashboards: Record<string, unknown>[] }).dashboards;
    expect(summary).to.deep.include({ id, title: "Order reconciliation!", is_read_only: true });
    expect(summary).to.not.have.property("widgets");
  });

  it("are answered 404 when unknown, and after they were deleted", async () => {
    const on = standIn();
    const id = idOf(await on.send("POST /api/v1/dashboard", board()));
    const path = `/api/v1/dashboard/${id}`;

    expect((await on.send(`DELETE ${path}`)).body).to.deep.equal({ deleted_dashboard_id: id });

    const gone = { status: 404, body: { errors: [`Dashboard with ID ${id} not found`] } };
    expect(await on.send(`GET ${path}`)).to.deep.equal(gone);
    expect(await on.send(`PUT ${path}`, board())).to.deep.equal(gone);
    expect(await on.send(`DELETE ${path}`)).to.deep.equal(gone);
  });

  it("belong to no list: changing one is 404", async () => {
    const reply = await standIn().send("POST /api/v2/dashboard/lists/manual/7/dashboards", {});

    expect(errorsOf(reply)).to.deep.equal(["Manual Dashboard List with id 7 not found"]);
    expect(reply.status).to.equal(404);
  });
});
