// The comments of the code → docs/reference/, in Markdown.
import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import {
  Application,
  Converter,
  type DeclarationReflection,
  type ProjectReflection,
  ReferenceType,
  ReflectionKind,
  TSConfigReader,
} from "typedoc";
import type { PluginOptions } from "typedoc-plugin-markdown";

const { name, exports }: { name: string; exports: object } = JSON.parse(await readFile("package.json", "utf8"));

/** What users import: `konpro-client` and `konpro-client/…`, made from files of the same name. */
const entryPoints = Object.keys(exports)
  .filter((entry) => /^\.(\/\w+)?$/.test(entry))
  .map((entry) => `src/${entry.slice(2) || "index"}.ts`);

/** What openapi-typescript writes for its own use: the short names stand for it. */
const INNER = ["paths", "webhooks", "components", "operations", "$defs"];

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
    excludeExternals: true, // what Error and openapi-fetch have is described elsewhere
    excludePrivate: true,
    excludeInternal: true,
    disableSources: true, // where the sources are published is not known yet
    skipErrorChecking: true, // `npm test` does it
    treatWarningsAsErrors: true,
    validation: { notExported: false, invalidLink: true, invalidPath: true, rewrittenLink: true },
    logLevel: "Warn",
    ...markdown,
    ...{ docsRoot: "docs" },
  },
  [new TSConfigReader()],
);
// openapi-typescript's own tags.
app.options.setValue("blockTags", [...app.options.getValue("blockTags"), "@description", "@constant"]);
app.converter.on(Converter.EVENT_RESOLVE_BEGIN, ({ project }) => shorten(project));

const project = await app.convert();
if (project) {
  app.validate(project);
  await app.generateOutputs(project);
}
if (app.logger.hasErrors() || app.logger.hasWarnings()) process.exitCode = 1;

/** Leaves what a reader looks for: modules as they are imported, schemas by their short names with their own fields. */
function shorten(project: ProjectReflection): void {
  for (const { comment } of Object.values(project.reflections)) {
    const description = comment?.getTag("@description");
    if (comment && description) comment.summary.push({ kind: "text", text: "\n\n" }, ...description.content);
    comment?.removeTags("@description");
    comment?.removeTags("@constant");
  }
  for (const module of project.children ?? []) {
    module.name = module.name === "index" ? name : `${name}/${basename(module.name)}`;
    for (const schema of schemasOf(module)) {
      const alias = module.children?.find((child) => child.name === schema.name);
      if (!alias || !schema.type) continue;
      alias.type = schema.type;
      if (schema.comment) alias.comment = schema.comment;
    }
    for (const inner of module.children?.filter((child) => INNER.includes(child.name)) ?? []) {
      project.removeReflection(inner);
    }
  }
  for (const field of project.getReflectionsByKind(ReflectionKind.Property)) {
    if (field.parent?.kindOf(ReflectionKind.TypeLiteral)) field.comment?.removeTags("@example"); // of the contract: a value alone
  }
  for (const method of project.getReflectionsByKind(ReflectionKind.Property)) {
    // Each operation has a page of its own.
    if (method.isDeclaration() && method.type instanceof ReferenceType && method.type.name === "OperationMethod") {
      project.removeReflection(method);
    }
  }
}

function schemasOf(module: DeclarationReflection): DeclarationReflection[] {
  const schemas = module.children
    ?.find((child) => child.name === "components")
    ?.children?.find((child) => child.name === "schemas");
  return schemas?.type?.type === "reflection" ? (schemas.type.declaration.children ?? []) : [];
}
