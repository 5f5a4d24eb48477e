// Builds the site in site/: guides, a page per operation, the TypeScript reference, and the contract as rendered by Redocly.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { copyFile, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { type Contract, ContractError, readContract } from "./docs/contract.js";
import { GAP } from "./docs/markdown.js";
import { operationGroups, operationPage, operationsPage } from "./docs/operation-page.js";
import { writeRedoclyPage } from "./docs/redocly-page.js";
import { typesPage } from "./docs/types-page.js";
import { program, start } from "./program.js";

const SPEC = "openapi.yaml";

const USAGE = `Usage: npm run docs [-- --url URL]
  --url URL  the site's public URL, such as https://example.com/docs/. Its path becomes the base path, and the URL is
             used for search engines and link previews (default: no URL, base path /)`;

export const main = program(USAGE, readArguments, async (options) => {
  try {
    const contract = await readContract(SPEC);
    installPackages();
    await writeOperations(contract);
    run("jiti", ["docs/reference.ts"]);
    await writeFile("docs/reference/contract-types.md", typesPage(contract));
    console.log("docs/reference/: the TypeScript reference");
    run("jiti", ["docs/tested-versions.ts"]);
    console.log("docs/project/tested-versions.md: the versions that the package is tested with");
    await writeChangelog();
    await writeRedoclyPage(contract, "docs/public/api.html");
    await copyFile(SPEC, `docs/public/${SPEC}`);
    console.log(`docs/public/: api.html (the contract, rendered by Redocly) and ${SPEC}`);
    run("docs/node_modules/.bin/vitepress", ["build", "docs"], { DOCS_URL: options.url });
    if (options.url) await completeLinks(new URL(options.url.replace(/\/*$/, "/")));
    console.log(
      "site/: built. Preview it with `npx vite preview --outDir ../site` in docs/, or with any static file server",
    );
    return 0;
  } catch (error) {
    if (!(error instanceof ContractError || error instanceof StepError)) throw error;
    console.error(error.message);
    return 1;
  }
});

/** Thrown if a step's program fails; the message is its output. */
class StepError extends Error {}

function readArguments(args: string[]) {
  const { url = "" } = parseArgs({ args, options: { url: { type: "string" } } }).values;
  if (url && !/^https?:\/\//.test(url)) throw new Error(`--url is ${url}; it must be an http: or https: URL`);
  return { url };
}

/** The site's tools are not among the devDependencies, so that only those who build the site have to install them. */
function installPackages(): void {
  if (existsSync("docs/node_modules/vitepress")) return;
  run("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--prefix", "docs"]);
  console.log("docs/node_modules/: installed the site's tools");
}

function run(command: string, args: string[], environment: NodeJS.ProcessEnv = {}): void {
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    encoding: "utf8",
    env: { ...process.env, ...environment },
  });
  if (status !== 0) throw new StepError(error?.message ?? stdout + stderr);
}

/** In nested lists, vitepress-plugin-llms omits the base path. */
async function completeLinks(site: URL): Promise<void> {
  const text = await readFile("site/llms.txt", "utf8");
  await writeFile("site/llms.txt", text.replaceAll(`](${site.origin}/reference/`, `](${site}reference/`));
}

/** The changelog quotes the contract, so HTML and includes in it must be escaped. */
async function writeChangelog(): Promise<void> {
  const text = (await readFile("CHANGELOG.md", "utf8")).replace(/<(?=[a-z/!?<])/gi, `<${GAP}`);
  await writeFile(
    "docs/project/changelog.md",
    `---\ndescription: What has changed, release by release.\n---\n\n${text}`,
  );
}

async function writeOperations(contract: Contract): Promise<void> {
  const folder = "docs/operations";
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder);
  for (const operation of contract.operations) {
    await writeFile(resolve(folder, `${operation.id}.md`), operationPage(contract, operation));
  }
  await writeFile(resolve(folder, "index.md"), operationsPage(contract));
  await writeFile(resolve(folder, "sidebar.json"), JSON.stringify(operationGroups(contract)).replaceAll(GAP, ""));
  console.log(`${folder}/: ${contract.operations.length} operations`);
}

await start(import.meta.url, main);
