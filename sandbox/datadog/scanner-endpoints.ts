import { type Endpoints, v2 } from "./http/endpoint.ts";
import * as scanner from "./routes/scanner.ts";

/** Sensitive Data Scanner: kept as declared; no log is scanned. */
export const scannerEndpoints: Endpoints = {
  "GET /api/v2/sensitive-data-scanner/config": {
    run: scanner.getScannerConfig,
    imitates: "all groups in order, and all rules",
  },
  "POST /api/v2/sensitive-data-scanner/config/groups": {
    body: v2("SensitiveDataScannerGroupCreateRequest"),
    run: scanner.createScannerGroup,
    imitates: "comes last; no log is scanned",
  },
  "PATCH /api/v2/sensitive-data-scanner/config/groups/:id": {
    body: v2("SensitiveDataScannerGroupUpdateRequest"),
    run: scanner.updateScannerGroup,
    imitates: "replaces the attributes given",
  },
  "DELETE /api/v2/sensitive-data-scanner/config/groups/:id": {
    body: v2("SensitiveDataScannerGroupDeleteRequest"),
    run: scanner.deleteScannerGroup,
    imitates: "with its rules",
  },
  "POST /api/v2/sensitive-data-scanner/config/rules": {
    body: v2("SensitiveDataScannerRuleCreateRequest"),
    run: scanner.createScannerRule,
    imitates: "group, pattern and replacement must be there; the pattern is not judged",
  },
  "PATCH /api/v2/sensitive-data-scanner/config/rules/:id": {
    body: v2("SensitiveDataScannerRuleUpdateRequest"),
    run: scanner.updateScannerRule,
    imitates: "replaces the attributes given",
  },
  "DELETE /api/v2/sensitive-data-scanner/config/rules/:id": {
    body: v2("SensitiveDataScannerRuleDeleteRequest"),
    run: scanner.deleteScannerRule,
    imitates: "at once",
  },
};
