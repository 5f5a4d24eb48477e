// An npm registry on this machine: it accepts one package and fetches all others from the registry that npm is set to.
import { once } from "node:events";
import type { Server } from "node:http";
import { createRequire } from "node:module";
import type { AddressInfo } from "node:net";
import { join, resolve } from "node:path";
import { run } from "./run.js";

const VERDACCIO = resolve("scripts/release/rehearsal");

/** The part of Verdaccio that is used here; its own types are not in the main lock. */
interface Verdaccio {
  runServer(config: object): Promise<Server>;
}

export interface Registry {
  url: string;
  close(): void;
}

/**
 * @param folder - where it keeps published packages
 * @param name - the package that it accepts
 */
export async function startRegistry(folder: string, name: string): Promise<Registry> {
  await run("npm", ["ci", "--no-audit", "--no-fund", "--prefer-offline"], { cwd: VERDACCIO });
  const { runServer }: Verdaccio = createRequire(join(VERDACCIO, "package.json"))("verdaccio");
  const server = await runServer({
    self_path: folder,
    configPath: join(folder, "config.yaml"),
    storage: join(folder, "storage"),
    auth: { htpasswd: { file: join(folder, "htpasswd") } },
    uplinks: { npm: { url: await run("npm", ["config", "get", "registry"]) } },
    packages: { [name]: { access: "$all", publish: "$all" }, "**": { access: "$all", proxy: "npm" } },
    log: { type: "stdout", format: "pretty", level: "error" },
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo; // a string only for a pipe
  return {
    url: `http://127.0.0.1:${port}/`,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}
