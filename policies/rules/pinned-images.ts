import { containersOf } from "../kubernetes.ts";
import { textAt } from "../values.ts";
import { each, resourceRule, words } from "../rule.ts";

export const pinnedImages = resourceRule({
  name: "pinned-images",
  demand: "Every image has a version, and it is not latest",
  why: "An image without a version is another program tomorrow, and the run is not comparable.",
  mend: "name a version, better a digest, which nobody can move: image:1.2.3@sha256:…",
  level: "mandatory",
  settings: { allowed: words("Images that may go without, without their tag.") },
  judge: (resource, { allowed }) =>
    each(containersOf(resource), ({ name, spec }) => {
      const image = textAt(spec, "image");
      if (image === undefined) return [`${name} names no image`];
      const [reference = "", digest] = image.split("@");
      const [, repository = "", tag] = /^(.*?)(?::([^:/]*))?$/.exec(reference) ?? [];
      const pinned = digest !== undefined || (tag !== undefined && tag !== "" && tag !== "latest");
      return pinned || allowed.includes(repository) ? [] : [`${name} runs ${image}`];
    }),
});
