// The public types of each entry point, in files that are reviewed like code: a change that affects a user's compiler shows up there.
import { readFileSync } from "node:fs";
import ts from "typescript";
import { expect, test } from "vitest";

const { exports }: { exports: object } = JSON.parse(readFileSync("package.json", "utf8"));
const entries = new Set(JSON.stringify(exports).match(/\w+(?=\.d\.ts")/g));

test.each([...entries])(
  "the types of %s are as reviewed; if not: npm run test:project -- package -u",
  async (entry) => {
    const file = `dist/${entry}.d.ts`;
    const source = ts.createSourceFile(file, readFileSync(file, "utf8"), ts.ScriptTarget.Latest);
    const types = ts
      .createPrinter({ removeComments: true })
      .printFile(source)
      .replace(/(?<=")(\.\/\w+)-[\w-]{8}(?=\.js")/g, "$1") // the hash of a shared file
      .replace(/(?<=^export \{.*), /gm, ",\n    ");
    await expect(types).toMatchFileSnapshot(`../../types/${entry}.txt`);
  },
);
