// The published schema of policies takes every policy that ships and refuses
// the faulty ones of tests/data/policy_faults.json, but for those that are
// marked as beyond what a schema can say. tests/unit/policies.c holds the
// reader in C to the same list.
import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { resolve } from "node:path";

const require = createRequire(
    resolve(process.env.BUILD ?? "build", "npm-tests", "package.json"));
const { default: Ajv } = require("ajv/dist/2020.js");

const folder = "conf/policies";
const read = (path) => JSON.parse(readFileSync(path, "utf8"));
const policy = (name) => read(`${folder}/${name}.json`);
const validate = new Ajv({ strict: true, strictTypes: false,
    strictRequired: false, strictTuples: false })
    .compile(policy("policy.schema"));
let wrong = 0;

// A change of a document as in RFC 7396: null takes a member away.
function changed(document, change)
{
	if (change === null || typeof change !== "object" ||
	    Array.isArray(change))
		return change;
	const result = { ...document };
	for (const [key, value] of Object.entries(change)) {
		if (value === null)
			delete result[key];
		else
			result[key] = changed(result[key], value);
	}
	return result;
}

function expect(is_expected, what)
{
	if (is_expected)
		return;
	console.log(what, validate.errors ?? "");
	wrong++;
}

for (const file of readdirSync(folder))
	if (file.endsWith(".json") && file !== "policy.schema.json")
		expect(validate(read(`${folder}/${file}`)), `${file} is refused`);

for (const { of, change, fault, is_beyond_schema } of
    read("tests/data/policy_faults.json"))
	expect(validate(changed(policy(of), change)) ===
	    (is_beyond_schema === true),
	    is_beyond_schema ? `could be taken: ${fault}` : `is taken: ${fault}`);

process.exit(wrong === 0 ? 0 : 1);
