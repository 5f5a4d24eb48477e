// The comments of the code → docs/reference/, in Markdown.
import { readFile, writeFile } from "node:fs/promises";
import {
  Application,
  Converter,
  type DeclarationReflection,
  IntrinsicType,
  makeRecursiveVisitor,
  ReflectionKind,
  TSConfigReader,
} from "typedoc";
import type { PluginOptions } from "typedoc-plugin-markdown";
import { readContract } from "../scripts/docs/contract.js";
import { cell } from "../scripts/docs/markdown.js";
import { table } from "../scripts/docs/schema-table.js";
import { exportsOf, TYPES_PAGE } from "../scripts/docs/types-page.js";

const { name, exports }: { name: string; exports: object } = JSON.parse(await readFile("package.json", "utf8"));

/** What users import: `konpro-client` and `konpro-client/…`, made from files of the same name. */
const entryPoints = Object.keys(exports)
  .filter((entry) => /^\.(\/\w+)?$/.test(entry))
  .map((entry) => `src/${entry.slice(2) || "index"}.ts`);

/** The types of the contract have a page of their own. */
const links = Object.fromEntries(
  exportsOf(await readContract("openapi.yaml")).flatMap(({ name, beside }) =>
    [name, ...beside].map((exported) => [exported, `${TYPES_PAGE}#${name.toLowerCase()}`]),
  ),
);

/** Where the plugin puts what. */
const FOLDERS: [folder: string, kind: ReflectionKind][] = [
  ["classes", ReflectionKind.Class],
  ["functions", ReflectionKind.Function],
  ["interfaces", ReflectionKind.Interface],
  ["type-aliases", ReflectionKind.TypeAlias],
  ["variables", ReflectionKind.Variable],
];

const markdown: PluginOptions = {
  hidePageHeader: true,
  hideBreadcrumbs: true,
  useCodeBlocks: true,
  parametersFormat: "table",
  typeAliasPropertiesFormat: "table",
  typeDeclarationFormat: "table",
  pageTitleTemplates: { index: "TypeScript reference", module: "{name}", member: "{name}" },
  sanitizeComments: true,
  useHTMLEncodedBrackets: true,
};

const app = await Application.bootstrapWithPlugins(
  {
    name,
    entryPoints,
    plugin: ["typedoc-plugin-markdown", "typedoc-vitepress-theme"],
    out: "docs/reference",
    readme: "none",
    exclude: ["**/generated/**"], // what the contract says goes through one function: scripts/docs/markdown.ts
    externalSymbolLinkMappings: { [name]: links },
    excludeExternals: true, // what Error and openapi-fetch have is described elsewhere
    excludePrivate: true,
    excludeInternal: true,
    disableSources: true, // the repository's URL is not known yet
    skipErrorChecking: true, // `npm test` does it
    treatWarningsAsErrors: true,
    validation: { notExported: false, invalidLink: true, invalidPath: true, rewrittenLink: true },
    logLevel: "Warn",
    ...markdown,
    ...{ docsRoot: "docs" },
  },
  [new TSConfigReader()],
);
/** The known values of an open set are left to the page of the types. */
const openSets = makeRecursiveVisitor({
  union(union) {
    if (union.types.some(({ type }) => type === "intersection")) union.types = [new IntrinsicType("string")];
  },
});
app.converter.on(Converter.EVENT_RESOLVE_BEGIN, ({ project }) => {
  for (const module of project.children ?? []) module.name = module.name === "index" ? name : `${name}/${module.name}`;
  for (const reflection of Object.values(project.reflections)) {
    if (reflection.isParameter() || reflection.isTypeParameter()) reflection.type?.visit(openSets);
  }
});

const project = await app.convert();
if (project) {
  app.validate(project);
  await app.generateOutputs(project);
  await writeFile("docs/reference/index.md", overview(project.children ?? []));
}
if (app.logger.hasErrors() || app.logger.hasWarnings()) process.exitCode = 1;

/** What is where: each module with what it exports. */
function overview(modules: DeclarationReflection[]): string {
  const about: Record<string, string> = {
    [name]: "The client, its options and its errors.",
    [`${name}/testing`]: "A mock of the API for tests: no server, no network.",
    [`${name}/validation`]: "Checks responses against the contract, and parses events.",
  };
  const sections = modules.map((module) => {
    const rows = (module.children ?? []).map((exported) => {
      const [folder = ""] = FOLDERS.find(([, kind]) => exported.kindOf(kind)) ?? [];
      const { summary = [] } = exported.comment ?? exported.signatures?.[0]?.comment ?? {};
      const [first = ""] = /^.*?\.(?=\s|$)/s.exec(summary.map(({ text }) => text).join("")) ?? [];
      return `| [${exported.name}](${module.name}/${folder}/${exported.name}.md) | ${cell(first)} |`;
    });
    return `## ${module.name}\n\n${about[module.name] ?? ""}\n\n${table("Export", rows)}`;
  });
  return `---
description: What the package exports, with a link to each description.
---

# TypeScript reference

The types of requests and responses are on one page: [types of the contract](contract-types.md). Each method of the client has
[its own page](../operations/index.md), with samples.

${sections.join("\n\n")}
`;
}
