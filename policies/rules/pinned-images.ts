import { containersOf } from "../kubernetes.ts";
import { textAt } from "../values.ts";
import { checkEach, resourceRule, stringList } from "../rule.ts";

export const pinnedImages = resourceRule({
  name: "pinned-images",
  description: "Every image has a version tag other than latest",
  why: "Without a version, the same name can be another program tomorrow, and runs cannot be compared.",
  fix: "add a version tag, or better a digest, which nobody can move: image:1.2.3@sha256:…",
  level: "mandatory",
  settings: { allowed: stringList("Images that need no version, written without a tag.") },
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
