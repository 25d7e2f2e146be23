import { containersOf } from "../kubernetes.ts";
import { textAt } from "../values.ts";
import { checkEach, resourceRule } from "../rule.ts";

export const imageDigests = resourceRule({
  name: "image-digests",
  description: "Every image is pinned by its digest",
  why: "A tag can be moved to another image; a digest cannot.",
  fix: "append the digest that the registry shows for the tag: image:1.2.3@sha256:…",
  level: "disabled",
  evaluate: (resource) =>
    checkEach(containersOf(resource), ({ name, spec }) => {
      const image = textAt(spec, "image") ?? "no image";
      return /@sha256:[0-9a-f]{64}$/.test(image) ? [] : [`${name} runs ${image}`];
    }),
});
