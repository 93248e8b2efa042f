// Reads an OpenAPI document of schemas from standard input; writes their TypeScript types (`make schema`)
// into the file named, or prints them.
import openapiTypescript, { astToString } from "openapi-typescript";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { text } from "node:stream/consumers";

const document = JSON.parse(await text(process.stdin));
const types = await openapiTypescript(document, {
  alphabetize: true,
  defaultNonNullable: false, // a field with a default may be left out
  emptyObjectsUnknown: true, // any object
  rootTypes: true,
  rootTypesNoSchemaPrefix: true,
  rootTypesKeepCasing: true,
});
const source = `// Made by \`make schema\` from the catalog of the server. Do not edit.\n${astToString(types)}`;
const [file] = process.argv.slice(2);
if (file) {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, source);
} else {
  process.stdout.write(source);
}
