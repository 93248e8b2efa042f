// Reads an AsyncAPI document from standard input; prints what is wrong with it, as JSON, one diagnostic per line.
import { Parser } from "@asyncapi/parser";
import { text } from "node:stream/consumers";

const { document, diagnostics } = await new Parser().parse(await text(process.stdin));
for (const { severity, code, message, path } of diagnostics) {
  console.log(JSON.stringify({ severity, code, message, path: path.join(".") }));
}
process.exit(document ? 0 : 1);
