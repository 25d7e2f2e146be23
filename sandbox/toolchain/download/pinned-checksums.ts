/**
 * SHA-256 of official downloads, by address. A pinned file is compared with this and with nothing
 * that its own server says. A file that is not listed is compared with the list that its source
 * publishes beside it, where it publishes one; the README beside `tools.ts` names those.
 *
 * kwok publishes no checksums: these four are as public documents of others state them.
 */
export const pinnedChecksums: Readonly<Record<string, string>> = {
  [kwok("kwok-linux-amd64")]: "f5a4385a2ae1b9dd7f8acae18e002a75c0ebba124ae9d7259aa8dadb50711f46",
  [kwok("kwok-darwin-arm64")]: "69a064ec98d37844d9d742b5b28ff57825659a983ccc3e208daa6948b94d64ba",
  [kwok("kwokctl-linux-amd64")]: "d5743166c657283d6e827c7c4c20cacfd9009fd94830f06718ca7b2c7099461f",
  [kwok("kwokctl-darwin-arm64")]:
    "9323a59adb9c27854bd2a76652ad00258bcbb68acc40aba0dc21e362b67b7d6a",
};

function kwok(file: string): string {
  return `https://github.com/kubernetes-sigs/kwok/releases/download/v0.8.0/${file}`;
}
