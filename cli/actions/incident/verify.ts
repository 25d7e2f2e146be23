import { resolve } from "node:path";
import { type Context, print } from "../../context/context.ts";
import { exitCodes } from "../../context/errors.ts";
import { printableLine } from "../../framework/printable.ts";
import { readBundle } from "../../incident/bundle/bundle-files.ts";
import { leakLine, leaksIn } from "../../incident/bundle/leak-scan.ts";
import { manifestFile, tampering } from "../../incident/bundle/manifest.ts";
import { printDocument } from "../../json/print-document.ts";
import type { IncidentVerifyDocument } from "../../json/schemas/run.ts";

interface VerifyRequest {
  readonly bundle: string;
  readonly json: boolean;
}

/** Says what was changed in a bundle, and which secrets it holds. */
export async function runIncidentVerify(
  { bundle, json }: VerifyRequest,
  context: Context,
): Promise<number> {
  const files = await readBundle(resolve(context.root, bundle));
  const tampered = tampering(files);
  const leaks = [...files].flatMap(([file, text]) => leaksIn(file, text, [])).map(leakLine);
  const ok = tampered.length + leaks.length === 0;
  const count = [...files.keys()].filter((path) => path !== manifestFile).length;
  if (json) {
    printDocument<IncidentVerifyDocument>(context, { ok, bundle, files: count, tampered, leaks });
  } else {
    for (const line of tampered) print(context, `! ${printableLine(line)}`);
    for (const line of leaks) print(context, `! a secret: ${printableLine(line)}`);
    print(
      context,
      ok ? `whole: ${count} files are as the manifest says` : "this bundle is not whole",
    );
  }
  return ok ? exitCodes.ok : exitCodes.failed;
}
