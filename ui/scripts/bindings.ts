// Makes src/bindings/index.ts from the schema that the Rust crate `segue-bridge` writes.
import { readFileSync, writeFileSync } from "node:fs";

import { typescript } from "./typescript.ts";

const here = new URL("../src/bindings/", import.meta.url);
const schema: unknown = JSON.parse(readFileSync(new URL("commands.schema.json", here), "utf8"));
writeFileSync(new URL("index.ts", here), await typescript(schema));
