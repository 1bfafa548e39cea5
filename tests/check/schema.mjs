// Holds a published JSON Schema to the documents of its folder, all of which
// it must take, and to a list of faulty ones, which it must refuse but for
// those that are marked as beyond what a schema can say.
import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { resolve } from "node:path";

const require = createRequire(
    resolve(process.env.BUILD ?? "build", "npm-tests", "package.json"));
const { default: Ajv } = require("ajv/dist/2020.js");

let wrong = 0;

export const read = (path) => JSON.parse(readFileSync(path, "utf8"));

// A failing expectation is told, and fails the run when it ends.
export function expect(is_expected, what, detail = "")
{
	if (is_expected)
		return;
	console.log(what, detail);
	wrong++;
}

process.on("exit", () => {
	if (wrong > 0)
		process.exitCode = 1;
});

// A change of a document as in RFC 7396: null takes a member away.
export function changed(document, change)
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

// The documents that ship in a folder, by name.
export function shipped(folder, schema)
{
	return Object.fromEntries(readdirSync(folder)
	    .filter((file) => file.endsWith(".json") && file !== schema)
	    .map((file) => [file.slice(0, -5), read(`${folder}/${file}`)]));
}

export function schema_hold(folder, schema, faults)
{
	const validate = new Ajv({ strict: true, strictTypes: false,
	    strictRequired: false, strictTuples: false })
	    .compile(read(`${folder}/${schema}`));
	const documents = shipped(folder, schema);

	for (const [name, document] of Object.entries(documents))
		expect(validate(document), `${name} is refused`,
		    validate.errors);
	for (const { of, change, fault, is_beyond_schema } of read(faults))
		expect(validate(changed(documents[of], change)) ===
		    (is_beyond_schema === true),
		    is_beyond_schema ? `could be taken: ${fault}`
		                     : `is taken: ${fault}`,
		    validate.errors ?? "");
	return documents;
}
