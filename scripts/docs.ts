// README, the other documents, the code's comments and the contract → site/: pages that need no server of their own and no network.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { appendFile, copyFile, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { basename } from "node:path";
import {
  Application,
  Converter,
  type DeclarationReflection,
  JSX,
  type PageEvent,
  type ProjectReflection,
  Renderer,
  TSConfigReader,
} from "typedoc";
import { ContractError, type ContractOperation, readContract } from "./contract.js";

const SITE = "site";
const SPEC = "openapi.yaml";
const API_PAGE = "api.html";
const DOCUMENTS = ["CHANGELOG.md", "SECURITY.md", "CONTRIBUTING.md", "bench/README.md"];

/** What is beside TypeDoc's pages, linked from each of them. */
const BESIDE = { "HTTP API": API_PAGE, [SPEC]: SPEC, "llms.txt": "llms.txt" };

/** Links in a text are told from it by more than their colour; what is too long for a phone goes on in the next line. */
const CSS = `
.col-content :is(p, li, td, .tsd-signature) a:not(.tsd-anchor-icon), footer a { text-decoration: underline }
.col-content { overflow-wrap: anywhere }
.scroll { overflow-x: auto; overflow-wrap: normal }
.tsd-typography .number { text-align: right; white-space: nowrap }
.tsd-typography pre { overflow-x: auto; white-space: pre }
.col-content .tsd-signature { white-space: pre-wrap; overflow-wrap: anywhere }
`;

const {
  name,
  version,
  description,
  tsdown,
}: Record<"name" | "version" | "description", string> & {
  tsdown: { entry: string[] }[];
} = JSON.parse(await readFile("package.json", "utf8"));
const entries = tsdown.flatMap(({ entry }) => entry);

/** Stands in for a logo that would be fetched from another host. */
const LOGO = `data:image/svg+xml,${encodeURIComponent(
  '<svg xmlns="http://www.w3.org/2000/svg" width="42" height="14"><text y="11" font-family="sans-serif" font-size="11" fill="#1a7ad9">Redocly</text></svg>',
)}`;

/** The headings of each page that is made from a document, for the lists of what there is to read. */
const outline = new Map<string, { title: string; sections: PageEvent["pageHeadings"] }>();

async function main(): Promise<number> {
  const calls = await readCalls();
  await rm(SITE, { recursive: true, force: true });
  await mkdir(SITE);
  if (!calls || !(await writePages(calls))) return 1;
  console.log(`${SITE}/index.html: the start page, ${DOCUMENTS.join(", ")} and the TypeScript reference`);
  if (!(await writeApiPage())) return 1;
  console.log(`${SITE}/${API_PAGE}: the HTTP API`);
  await copyFile(SPEC, `${SITE}/${SPEC}`);
  await writeFile(`${SITE}/llms.txt`, overview(calls));
  console.log(`${SITE}/${SPEC} and ${SITE}/llms.txt`);
  return 0;
}

/** An operation, and where it stands in the site. */
type Call = ContractOperation & { url: string };

async function readCalls(): Promise<Call[] | undefined> {
  try {
    const { document, operations } = await readContract(SPEC);
    return operations.map((operation) => {
      const [tag = "other"]: string[] = Object(document.paths)[operation.path][operation.method].tags ?? [];
      const route = `${tag.replace(/\W+/g, "-")}/${operation.id}`.toLowerCase();
      return { ...operation, url: `${API_PAGE}#/${route}` };
    });
  } catch (error) {
    if (!(error instanceof ContractError)) throw error;
    console.error(error.message);
    return undefined;
  }
}

/** TypeDoc's site: the README is its start page. */
async function writePages(calls: Call[]): Promise<boolean> {
  const app = await Application.bootstrap(
    {
      name: `${name} ${version}`, // another name than the module's, or that could be no leaf
      out: SITE,
      entryPoints: entries,
      projectDocuments: DOCUMENTS,
      headings: { readme: false, document: false },
      includeHierarchySummary: false, // it would leave out what extends a type of another package, and yet link to it
      disableSources: true, // where the sources are published is not known yet
      skipErrorChecking: true, // `npm run types` does it
      treatWarningsAsErrors: true,
      validation: { notExported: false, invalidLink: true, invalidPath: true, rewrittenLink: true },
      visibilityFilters: {},
      // A list of links: one that is unfolded by what also is a link cannot be told from it by a screen reader.
      navigation: { includeFolders: false },
      navigationLeaves: entries.map((entry) => moduleName(basename(entry, ".ts"))),
      logLevel: "Warn",
    },
    [new TSConfigReader()],
  );
  app.options.setValue("blockTags", [...app.options.getValue("blockTags"), "@description"]);
  app.converter.on(Converter.EVENT_RESOLVE_BEGIN, ({ project }) => nameAndDescribe(project));
  app.renderer.hooks.on("sidebar.begin", ({ relativeURL }) =>
    JSX.createElement(
      "nav",
      { class: "tsd-navigation", "aria-label": "More" },
      Object.entries(BESIDE).map(([text, url]) => JSX.createElement("a", { href: relativeURL(url) ?? "" }, text)),
    ),
  );
  app.renderer.on(Renderer.EVENT_END_PAGE, (page) => finishPage(page, calls));

  const project = await app.convert();
  if (project) {
    app.validate(project);
    await app.generateOutputs(project);
    await appendFile(`${SITE}/assets/style.css`, CSS);
  }
  return !app.logger.hasErrors() && !app.logger.hasWarnings();
}

/** Modules are called as they are imported, documents by their titles; a description is no section of its own. */
function nameAndDescribe(project: ProjectReflection): void {
  for (const module of project.children ?? []) {
    module.name = moduleName(module.name);
    // The short names of the contract's schemas show what they stand for, instead of components["schemas"]["…"].
    for (const schema of schemasOf(module)) {
      const alias = module.children?.find((child) => child.name === schema.name);
      if (alias && schema.type) Object.assign(alias, { type: schema.type, comment: schema.comment });
    }
  }
  for (const document of project.documents ?? []) {
    document.name = /^# (.+)/.exec(document.content[0]?.text ?? "")?.[1] ?? document.name;
  }
  for (const { comment } of Object.values(project.reflections)) {
    const description = comment?.getTag("@description");
    if (comment && description) comment.summary.push({ kind: "text", text: "\n\n" }, ...description.content);
    comment?.removeTags("@description");
  }
}

const moduleName = (file: string) => (file === "index" ? name : `${name}/${file}`);

function schemasOf(module: DeclarationReflection): DeclarationReflection[] {
  const schemas = module.children
    ?.find((child) => child.name === "components")
    ?.children?.find((child) => child.name === "schemas");
  return schemas?.type?.type === "reflection" ? (schemas.type.declaration.children ?? []) : [];
}

function finishPage(page: PageEvent, calls: Call[]): void {
  let html = (page.contents ?? "")
    .replace('<div class="col-content">', '<div class="col-content" role="main">')
    .replace(/ style="text-align:\s*right"/g, ' class="number"') // a page's policy allows no style in it
    // A wide table scrolls by itself, with the keyboard too.
    .replace(/<table>.*?<\/table>/gs, '<div class="scroll" tabindex="0">$&</div>')
    // A link inside of what opens and closes a section cannot be told from it by a screen reader.
    .replace(
      /<a href="[^"]*" aria-label="Permalink" class="tsd-anchor-icon">(?:(?!<\/a>).)*<\/a>(?=<\/h\d><\/summary>)/gs,
      "",
    );
  const isStart = page.url === "index.html";
  if (isStart || page.url.startsWith("documents/")) {
    const sections = page.pageHeadings.filter(({ level }) => level === 2);
    outline.set(page.url, { title: isStart ? name : page.model.name, sections });
    const rows = [
      sections.map(({ text, link }) => [text, link]),
      [...Object.entries(BESIDE), ...calls.map(({ id, url }) => [id, url])],
    ];
    const list = rows.map(
      (links) => `<p>${links.map(([text, link]) => `<a href="${link}">${text}</a>`).join(" · ")}</p>`,
    );
    if (isStart) html = html.replace("<h2", `<nav aria-label="Sections">${list.join("")}</nav>\n<h2`);
  }
  page.contents = secure(html, [
    `script-src 'self' ${hashes(html)}`,
    `style-src 'self' '${sha256("")}'`, // its script makes an empty style element
    "img-src 'self' data:",
  ]);
}

/** Redocly's page of the contract, in one file. */
async function writeApiPage(): Promise<boolean> {
  const file = `${SITE}/${API_PAGE}`;
  const { status, stdout, stderr, error } = spawnSync("redocly", ["build-docs", SPEC, "--inlineBundle", "-o", file], {
    encoding: "utf8",
    env: { ...process.env, REDOCLY_TELEMETRY: "off", REDOCLY_SUPPRESS_UPDATE_NOTICE: "true" },
  });
  if (status !== 0) {
    console.error(error?.message ?? stdout + stderr);
    return false;
  }
  const html = (await readFile(file, "utf8"))
    .replace(/https:\/\/cdn\.redoc\.ly\/redoc\/logo-mini(-full)?\.svg/g, LOGO)
    // Routes live behind the #; before the script runs, too, or the links lead out of a site under a sub-path.
    .replace(/(?<=<a [^<>]*)href="\/(?=[^"<>]*")/g, 'href="#/')
    .replace(
      '<div id="redoc">',
      `<nav style="padding: 12px 16px"><a href="index.html" style="color: inherit">← ${name}</a></nav>\n<div id="redoc">`,
    );
  // Its styles are made as it runs.
  await writeFile(
    file,
    secure(html, [`script-src ${hashes(html)}`, "style-src 'unsafe-inline'", "img-src data:", "font-src data:"]),
  );
  return true;
}

/** Forbids a page everything but what is listed. */
function secure(html: string, allowed: string[]): string {
  const policy = ["default-src 'none'", ...allowed, "base-uri 'none'", "form-action 'none'"].join("; ");
  // The empty icon keeps browsers from asking for /favicon.ico.
  return html.replace(
    "<head>",
    `<head><meta http-equiv="Content-Security-Policy" content="${policy}"/><link rel="icon" href="data:,"/>`,
  );
}

/** The scripts that stand in a page, as its policy names them. */
const hashes = (html: string) =>
  Array.from(
    html.matchAll(/<script(?: type="module")?>(.*?)<\/script>/gs),
    ([, code = ""]) => `'${sha256(code)}'`,
  ).join(" ");

const sha256 = (text: string) => `sha256-${createHash("sha256").update(text).digest("base64")}`;

/** The site in a page of text, see https://llmstxt.org. */
function overview(calls: Call[]): string {
  const pages = [...outline].map(([url, { title, sections }]) => {
    const about = sections.map(({ text, link }) => `[${text}](${url}${link})`).join(", ");
    return `- [${title}](${url})${about && `: ${about}`}`;
  });
  const operations = calls.map(
    ({ id, url, method, path, summary }) => `- [${id}](${url}): ${summary}, \`${method.toUpperCase()} ${path}\``,
  );
  return `# ${name}

> ${description}

## Pages

${pages.join("\n")}
- [HTTP API](${API_PAGE})
- [TypeScript reference](modules.html)
- [The contract, OpenAPI 3.1](${SPEC})

## Operations

${operations.join("\n")}
`;
}

process.exitCode = await main();
