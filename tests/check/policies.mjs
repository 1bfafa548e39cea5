// The published schema of policies. tests/unit/policies.c holds the reader in
// C to the same list of faults.
import { schema_hold } from "./schema.mjs";

schema_hold("conf/policies", "policy.schema.json",
    "tests/data/policy_faults.json");
