// A site of our contract with hostile text in every place that takes text, below a path.
import { execFile } from "node:child_process";
import { cp, mkdir, mkdtemp, readFile, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join, resolve } from "node:path";
import { promisify } from "node:util";
import { parse } from "yaml";

export const ADDRESS = "https://docs.example/konpro-client/";

/** Text on one line that Markdown, HTML, Vue, VitePress or its plugins would interpret. */
const LINE = [
  "{{ globalThis.ran = 1 }} {{ constructor.constructor('ran = 1')() }} &#123;&#123; ran &#125;&#125;",
  '<img src=x onerror="ran = 1"> <style>* { display: none }</style> <b onclick="ran = 1">b</b> &lt;i&gt;',
  "[l](javascript:ran=1) ![i](http://evil.example/i.png) <https://evil.example> www.evil.example a@evil.example",
  "<<< ../../package.json <!--@include: ../../package.json--> <!--@include: ../package.json-->",
  "| a | # ## ~~~~ ``` ::: tip [[toc]] :smile: {#id .c onclick=ran=1} \\` \\ *a* _b_ __c__ ~~d~~ 1. - $& $1",
  "</p></template></script><script>ran = 1</script><iframe src=//evil.example></iframe> ]]> --> */ @internal {@link a}",
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

/** The same in code, with what VitePress and a plugin read there. */
const CODE = [
  "~~~~\n```\n// [!code --]\n# [!code focus]\nconst a = '{{ ran = 1 }}'; // [!code highlight]",
  "<llm-only>x</llm-only> <llm-exclude>y</llm-exclude>",
  LINE,
].join("\n");

/** Words of a file that the texts try to include. */
export const INCLUDED = "konpro-client-docs";

/** Members that hold data of the API, and with it no words. */
const DATA = ["example", "value", "default", "const"];

/** The contract, and each text in it by its place. All begin with a number, by which a page tells that it has them. */
export async function hostileContract() {
  const contract = parse(await readFile("openapi.yaml", "utf8"));
  const texts = new Map<string, string>();
  const write = (place: string, text: string) => {
    const numbered = `No${texts.size}No ${text}`;
    texts.set(place, numbered);
    return numbered;
  };
  const visit = (value: unknown, place: string): void => {
    for (const [name, member] of Object.entries(Object(value))) {
      const at = `${place}/${name}`;
      if (typeof member !== "string") {
        if (typeof member === "object" && !DATA.includes(name)) visit(member, at);
      } else if (name === "description") Reflect.set(Object(value), name, write(at, PARAGRAPHS));
      else if (name === "summary" || name === "title") Reflect.set(Object(value), name, write(at, LINE));
      else if (name === "source") Reflect.set(Object(value), name, write(at, CODE));
      else if (name === "url" && place !== "/servers/0") Reflect.set(Object(value), name, "javascript:ran=1");
    }
  };
  visit(contract, "");
  const { schemas } = contract.components;
  schemas.NewWebhookEndpoint.properties[write("/components/schemas/…/name", LINE)] = {
    type: "string",
    enum: [write("/components/schemas/…/enum", LINE)],
  };
  schemas.WebhookEventType["x-extensible-enum"].push(write("/components/schemas/…/open set", LINE));
  for (const tag of contract.tags) {
    const name = write(`/tags/${tag.name}`, LINE);
    for (const item of [...Object.values(contract.paths), ...Object.values(contract.webhooks)]) {
      for (const { tags } of Object.values<{ tags: string[] }>(Object(item))) if (tags[0] === tag.name) tags[0] = name;
    }
    tag.name = name;
  }
  return { contract, texts };
}

/** Builds the site in a copy of the project, and gives its folder. */
export async function buildHostile(contract: unknown, changelog: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "hostile-"));
  const made = ["node_modules", "operations", "reference"].map((name) => resolve("docs", name));
  await cp("docs", join(folder, "docs"), { recursive: true, filter: (file) => !made.includes(resolve(file)) });
  await cp("src", join(folder, "src"), { recursive: true });
  for (const file of [
    ...["node_modules", "docs/node_modules", "scripts", "test", "bench", "package.json", "tsconfig.json"],
    ...["redocly.yaml", "CONTRIBUTING.md", "SECURITY.md", "README.md"],
  ]) {
    await symlink(resolve(file), join(folder, file));
  }
  for (const name of [".cache", "generated"]) await mkdir(join(folder, name));
  await writeFile(join(folder, "openapi.yaml"), JSON.stringify(contract));
  await writeFile(join(folder, "CHANGELOG.md"), `# Changelog\n\n## 0.0.1\n\n- ${changelog.replace(/\s+/g, " ")}\n`);
  for (const program of [["scripts/generate.ts"], ["scripts/docs.ts", "--url", ADDRESS]]) {
    await promisify(execFile)("jiti", program, {
      cwd: folder,
      env: { ...process.env, PATH: `${resolve("node_modules/.bin")}${delimiter}${process.env.PATH}` },
    });
  }
  return join(folder, "site");
}
