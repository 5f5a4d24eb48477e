// Each entry point by `import` and by `require`, from the installed tarball, with `require` of ES modules disabled.
import { execFile } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { describe, expect, test } from "vitest";
import { install, pack, temporaryFolder } from "./install.js";

const folder = temporaryFolder();
install(pack().tarball, folder);

const FLAGS = ["--no-experimental-require-module", "--disallow-code-generation-from-strings"];
const ENTRIES = ["konpro-client", "konpro-client/testing", "konpro-client/validation"];

const load = {
  import: (entry: string, name: string) => `import * as ${name} from "${entry}";`,
  require: (entry: string, name: string) => `const ${name} = require("${entry}");`,
};
type Format = keyof typeof load;
const FORMATS: Format[] = ["import", "require"];

let programs = 0;

/** Loads the entry points, runs the body of an async function and returns its result. */
async function run(format: Format, entries: Record<string, string>, text: string): Promise<unknown> {
  const program = join(folder, `program-${++programs}.${format === "import" ? "mjs" : "cjs"}`);
  const loaded = Object.entries(entries).map(([name, entry]) => load[format](entry, name));
  await writeFile(
    program,
    `${loaded.join("\n")}\n(async () => { ${text} })().then((r) => console.log(JSON.stringify(r)));`,
  );
  return JSON.parse((await promisify(execFile)(process.execPath, [...FLAGS, program])).stdout);
}

test.each(ENTRIES)("%s exports the same by import and by require", async (entry) => {
  const [imported, required] = await Promise.all(
    FORMATS.map((format) => run(format, { entry }, "return Object.keys(entry).sort();")),
  );
  expect(imported).not.toEqual([]);
  expect(required).toEqual(imported);
});

test.each(ENTRIES)(
  "%s by require: each export can be replaced by a spy, also for a compiled `import * as`",
  async (entry) => {
    const text = `
    const exported = Object.values(Object.getOwnPropertyDescriptors(entry)).filter(({ enumerable }) => enumerable);
    return [entry.__esModule, exported.length > 0, exported.every((it) => it.writable && it.configurable)];`;
    expect(await run("require", { entry }, text)).toEqual([true, true, true]);
  },
);

describe.each(FORMATS)("by %s", (format) => {
  test("the entry points work together, and share one copy of the error classes", async () => {
    const text = `
      const api = testing.createMockApi();
      const konpro = client.createKonProClient({ apiKey: "package-key-0000", fetch: api.fetch });
      konpro.use(validation.validateResponses());
      const { data } = await konpro.listWebhookEndpoints();
      api.reply("listWebhookEndpoints", { body: { data: [{ secret: 1 }] } });
      const error = await konpro.listWebhookEndpoints().catch((error) => error);
      return {
        length: data.length,
        same: Object.prototype.isPrototypeOf.call(client.KonProResponseError.prototype, error),
        instance: error instanceof client.KonProError,
        message: error.message,
      };`;
    const entries = {
      client: "konpro-client",
      testing: "konpro-client/testing",
      validation: "konpro-client/validation",
    };
    expect(await run(format, entries, text)).toEqual({
      length: 2,
      same: true,
      instance: true,
      message: expect.stringContaining("/data/0/endpoint_id"),
    });
  });
});
