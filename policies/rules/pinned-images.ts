import { containersOf } from "../kubernetes.ts";
import { textAt } from "../values.ts";
import { checkEach, resourceRule, stringList } from "../rule.ts";

export const pinnedImages = resourceRule({
  name: "pinned-images",
  description: "Every image has a version, and it is not latest",
  why: "An image without a version is another program tomorrow, and the run is not comparable.",
  fix: "name a version, better a digest, which nobody can move: image:1.2.3@sha256:…",
  level: "mandatory",
  settings: { allowed: stringList("Images that may go without, without their tag.") },
  evaluate: (resource, { allowed }) =>
    checkEach(containersOf(resource), ({ name, spec }) => {
      const image = textAt(spec, "image");
      if (image === undefined) return [`${name} names no image`];
      const [reference = "", digest] = image.split("@");
      const [, repository = "", tag] = /^(.*?)(?::([^:/]*))?$/.exec(reference) ?? [];
      const pinned = digest !== undefined || (tag !== undefined && tag !== "" && tag !== "latest");
      return pinned || allowed.includes(repository) ? [] : [`${name} runs ${image}`];
    }),
});
