/**
 * The one version of each tool that is downloaded or built. Those of Go modules must equal the
 * `go.mod` files in `go/`, those of plugins the SDK in `package.json`; a test compares them.
 */
export const versions = {
  pulumi: "3.276.0",
  kwok: "0.8.0",
  etcd: "3.7.3",
  kubernetes: "1.37.2",
  plugins: { kubernetes: "4.34.2", datadog: "5.11.0", command: "1.2.1" },
} as const;
