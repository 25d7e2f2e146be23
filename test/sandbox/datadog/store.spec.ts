import { expect } from "chai";
import fc from "fast-check";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { emptyState, type State } from "../../../sandbox/datadog/state.ts";
import { createStore, openStore, type Store } from "../../../sandbox/datadog/store.ts";

const now = new Date("2027-01-05T10:00:00Z");

/** Counts up by one and tells what it counted. */
function count(store: Store): Promise<number> {
  return store.transact((state) => {
    const given = state.given + 1;
    return { state: { ...state, given }, result: given };
  });
}

async function failure(promise: Promise<unknown>): Promise<string> {
  try {
    await promise;
  } catch (error) {
    return (error as Error).message;
  }
  return "did not fail";
}

describe("the store on disk", () => {
  let dir: string;

  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), "stand-in-"));
  });

  afterEach(async () => {
    await rm(dir, { recursive: true });
  });

  it("starts empty where there is nothing, in a folder it makes", async () => {
    const store = await openStore(join(dir, "a", "b"), now);

    expect(store.current()).to.deep.equal(emptyState(now));
  });

  it("has on disk what it acknowledged, and reads it again", async () => {
    const store = await openStore(dir, now);
    await count(store);

    const onDisk = JSON.parse(await readFile(join(dir, "state.json"), "utf8")) as State;
    const again = await openStore(dir, new Date("2030-01-01T00:00:00Z"));

    expect(onDisk.given).to.equal(1);
    expect(again.current()).to.deep.equal(store.current());
    expect(await readdir(dir)).to.deep.equal(["state.json"]);
  });

  it("loses none of many changes at once", async () => {
    const store = await openStore(dir, now);

    const counted = await Promise.all(Array.from({ length: 100 }, () => count(store)));

    expect(counted).to.deep.equal(Array.from({ length: 100 }, (_, index) => index + 1));
    expect((await openStore(dir, now)).current().given).to.equal(100);
  });

  it("ignores what an interrupted write left beside the state", async () => {
    await count(await openStore(dir, now));
    await writeFile(join(dir, "state.json.new"), '{"format":1,"gi');

    expect((await openStore(dir, now)).current().given).to.equal(1);
  });

  it("reads a state of before monitors were evaluated and entities were kept", async () => {
    const older = { format: 1, ...emptyState(now), evaluation: undefined, entities: undefined };
    await writeFile(join(dir, "state.json"), JSON.stringify(older));

    expect((await openStore(dir, now)).current()).to.deep.equal(emptyState(now));
  });

  const corrupt: [string, string, string][] = [
    ["half a file", '{"format":1,"gi', "the state is not JSON ("],
    ["an empty file", "", "the state is not JSON ("],
    ["a list", "[]", 'the state cannot be used ("format" is undefined, this version reads 1)'],
    ["null", "null", "the state cannot be used (not an object)"],
    [
      "a later format",
      '{"format":2}',
      'the state cannot be used ("format" is 2, this version reads 1)',
    ],
    [
      "a missing list",
      '{"format":1,"base":1,"given":0}',
      '("monitors" is missing or of the wrong type)',
    ],
    [
      "a wrong count",
      '{"format":1,"base":1,"given":"0"}',
      '("given" is missing or of the wrong type)',
    ],
  ];
  for (const [name, text, sentence] of corrupt) {
    it(`refuses ${name} in one line with the remedy, and leaves the file as it is`, async () => {
      const file = join(dir, "state.json");
      await writeFile(file, text);

      const why = await failure(openStore(dir, now));

      expect(why).to.contain(sentence).and.to.contain(`move ${file} away to start empty`);
      expect(why.split("\n")).to.have.lengthOf(1);
      expect(await readFile(file, "utf8")).to.equal(text);
    });
  }

  it("says which file it cannot write, and that nothing was changed", async () => {
    const store = await openStore(dir, now);
    await rm(dir, { recursive: true });

    const why = await failure(count(store));

    expect(why).to.contain("the state was not written, nothing was changed: ENOENT");
    expect(why).to.contain(join(dir, "state.json.new"));
    expect(store.current().given).to.equal(0);
    await count(await openStore(dir, now));
  });
});

describe("the store", () => {
  it("writes once for the changes that wait together, and never for a change of nothing", async () => {
    const written: number[] = [];
    const store = createStore(emptyState(now), (state) => {
      written.push(state.given);
      return Promise.resolve();
    });

    await Promise.all([count(store), count(store), count(store)]);
    await store.transact((state) => ({ state, result: undefined }));

    expect(written).to.deep.equal([1, 3]);
  });

  it("is at the new state when the caller goes on, and not before it is written", async () => {
    let finish: () => void = () => undefined;
    const store = createStore(emptyState(now), () => {
      return new Promise((resolve) => {
        finish = resolve;
      });
    });

    const counted = count(store);
    expect(store.current().given).to.equal(0);
    finish();

    expect(await counted).to.equal(1);
    expect(store.current().given).to.equal(1);
  });

  it("takes changes again after a write that failed, from what was written last", async () => {
    const failing = [false, true, false];
    const store = createStore(emptyState(now), () =>
      failing.shift() === true ? Promise.reject(new Error("disk full")) : Promise.resolve(),
    );

    expect(await count(store)).to.equal(1);
    expect(await failure(count(store))).to.equal("disk full");
    expect(await count(store)).to.equal(2);
  });

  it("keeps a refused change from touching the others, in whatever order they come", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.boolean(), { maxLength: 12 }), async (refused) => {
        const store = createStore(emptyState(now));

        const outcomes = await Promise.all(
          refused.map((isRefused) =>
            isRefused
              ? failure(
                  store.transact(() => {
                    throw new Error("refused");
                  }),
                )
              : count(store),
          ),
        );

        const done = refused.filter((isRefused) => !isRefused).length;
        expect(store.current().given).to.equal(done);
        expect(outcomes.filter((outcome) => outcome === "refused")).to.have.lengthOf(
          refused.length - done,
        );
      }),
    );
  });
});
