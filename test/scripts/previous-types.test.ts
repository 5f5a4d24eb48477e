import { expect, test } from "vitest";
import { repository } from "./repository.js";

const SOURCE = "export declare function greet(name: string): string;\n";
const repo = () =>
  repository({
    "tsconfig.json": JSON.stringify({
      compilerOptions: {
        strict: true,
        module: "nodenext",
        lib: ["es2022"],
        types: [],
        skipLibCheck: true,
        paths: { "konpro-client": ["./src/index.ts"] },
      },
    }),
    "src/index.ts": SOURCE,
    "test/types/greet.ts": `import { greet } from "konpro-client";
greet("you").length;
// @ts-expect-error it takes a name
greet(1);
`,
  });

test("what compiled with the last release still compiles", () => {
  const { write, run } = repo();
  write("test/types/greet.ts", "today's tests do not count");
  write("src/index.ts", SOURCE.replace("name: string", "name: string | number, polite?: boolean"));
  expect(run("previous-types.ts")).toEqual({
    status: 0,
    stdout: "v1.0.0: 1 consumer test file(s), 0 error(s)\n",
    stderr: "",
  });
});

test("a change that breaks users asks for a major version", () => {
  const { write, run, changeset } = repo();
  write("src/index.ts", SOURCE.replace("): string", "): string | undefined"));
  changeset("minor");
  const { status, stderr } = run("previous-types.ts");
  expect(stderr).toContain("test/types/greet.ts(2,1): error TS2532: Object is possibly 'undefined'.");
  expect(status).toBe(1);

  changeset("major");
  expect(run("previous-types.ts").status).toBe(0);
});

test("before the first release there is nothing to compile", () => {
  const { run, git } = repo();
  git("tag", "--delete", "v1.0.0");
  expect(run("previous-types.ts")).toMatchObject({ status: 0, stdout: expect.stringContaining("no release yet") });
});
