// A site of our contract with hostile text in every place that takes text, below a path.
import { execFile } from "node:child_process";
import { cp, mkdir, mkdtemp, readFile, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join, resolve } from "node:path";
import { promisify } from "node:util";
import { parse } from "yaml";

export const ADDRESS = "https://docs.example/konpro-client/";

/** On one line: what Markdown, HTML, Vue, VitePress and its plugins take for their own. */
const LINE = [
  "{{ globalThis.ran = 1 }} {{ constructor.constructor('ran = 1')() }} &#123;&#123; ran &#125;&#125;",
  '<img src=x onerror="ran = 1"> <style>* { display: none }</style> <b onclick="ran = 1">b</b> &lt;i&gt;',
  "[l](javascript:ran=1) ![i](http://evil.example/i.png) <https://evil.example> www.evil.example a@evil.example",
  "<<< ../../package.json <!--@include: ../../package.json--> <!--@include: ../package.json-->",
  "| a | # ## ~~~~ ``` ::: tip [[toc]] :smile: {#id .c onclick=ran=1} \\` \\ *a* _b_ __c__ ~~d~~ 1. - $& $1",
  "</p></template></script><script>ran = 1</script><iframe src=//evil.example></iframe> \u202e\u0007 ]]> --> */ @internal {@link a}",
].join(" ");

/** Paragraphs, each of which Markdown could read as more than text. */
const PARAGRAPHS = [
  "a ` b",
  "<script setup>globalThis.ran = 1</script>",
  "c ` d",
  "<<< ../../package.json",
  "    # indented",
  "1. list\n- list\n> quote\n=====",
  "::: danger\nx\n:::",
  "~~~\n{{ ran = 1 }}",
  LINE,
].join("\n\n");

/** Code: the same, and what VitePress reads in comments. */
const CODE = [
  "~~~~",
  "```",
  "// [!code --]",
  "<llm-only>x</llm-only> <llm-exclude>y</llm-exclude>",
  "# [!code focus]",
  "const a = '{{ ran = 1 }}'; // [!code highlight]",
  LINE,
].join("\n");

/** Every text that was written into the contract, by its number. */
export interface Hostile {
  contract: unknown;
  texts: string[];
}

export async function hostileContract(): Promise<Hostile> {
  const contract = parse(await readFile("openapi.yaml", "utf8"));
  const texts: string[] = [];
  const write = (text: string) => {
    const numbered = `No${texts.length}No ${text}`;
    texts.push(numbered);
    return numbered;
  };
  const visit = (value: unknown, inData: boolean): void => {
    if (typeof value !== "object" || value === null) return;
    for (const [name, member] of Object.entries(value)) {
      if (typeof member !== "string") visit(member, inData || ["example", "value", "default", "const"].includes(name));
      else if (inData) continue;
      else if (name === "description") Reflect.set(value, name, write(PARAGRAPHS));
      else if (name === "summary" || name === "title") Reflect.set(value, name, write(LINE));
      else if (name === "source") Reflect.set(value, name, write(CODE));
      else if (name === "url" && !/^https:\/\/api\./.test(member)) Reflect.set(value, name, "javascript:ran=1");
    }
  };
  visit(contract, false);
  const { schemas } = contract.components;
  schemas.NewWebhookEndpoint.properties[write(LINE)] = {
    type: "string",
    description: write(PARAGRAPHS),
    enum: [write(LINE)],
  };
  schemas.WebhookEventType["x-extensible-enum"].push(write(LINE));
  for (const tag of contract.tags) {
    const name = write(LINE);
    for (const item of [...Object.values(contract.paths), ...Object.values(contract.webhooks)])
      renameTag(item, tag.name, name);
    tag.name = name;
  }
  return { contract, texts };
}

function renameTag(item: unknown, from: string, to: string): void {
  for (const operation of Object.values(Object(item))) {
    const tags: unknown = Object(operation).tags;
    if (Array.isArray(tags)) tags.splice(0, tags.length, ...tags.map((tag) => (tag === from ? to : tag)));
  }
}

/** Builds the site in a copy of the project. */
export async function buildHostile({ contract, texts }: Hostile): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "hostile-"));
  const made = ["node_modules", "operations", "reference"].map((name) => resolve("docs", name));
  await cp("docs", join(folder, "docs"), { recursive: true, filter: (file) => !made.includes(resolve(file)) });
  await cp("src", join(folder, "src"), { recursive: true });
  const shared = [
    "node_modules",
    "docs/node_modules",
    "scripts",
    "examples",
    "test",
    "bench",
    "package.json",
    "tsconfig.json",
    "redocly.yaml",
  ];
  for (const file of [...shared, "CONTRIBUTING.md", "SECURITY.md", "README.md"]) {
    await symlink(resolve(file), join(folder, file));
  }
  for (const made of [".cache", "generated"]) await mkdir(join(folder, made));
  await writeFile(join(folder, "openapi.yaml"), JSON.stringify(contract, null, 1));
  texts.push(`No${texts.length}No ${LINE}`);
  await writeFile(
    join(folder, "CHANGELOG.md"),
    `# Changelog\n\n- The type \`${texts.at(-1)}\`.\n- ${PARAGRAPHS.replaceAll("\n", " ")}\n`,
  );
  for (const program of [["scripts/generate.ts"], ["scripts/docs.ts", "--url", ADDRESS]]) {
    await promisify(execFile)("jiti", program, {
      cwd: folder,
      env: { ...process.env, PATH: `${resolve("node_modules/.bin")}${delimiter}${process.env.PATH}` },
    });
  }
  return join(folder, "site");
}
