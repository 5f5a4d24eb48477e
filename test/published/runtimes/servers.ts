// The servers of the conformance program: the contract's mock, a faulty server, and one that must not be reached.
import { createServer, type RequestListener } from "node:http";
import { keyHeader } from "../../../generated/operations.js";
import { readContract } from "../../../scripts/contract/read.js";
import { startPrism } from "../../../scripts/mock.js";
import { listen } from "../../support/listen.js";

/** Starts a local server that allows any origin (CORS) and closes every connection. */
async function start(listener: RequestListener): Promise<{ url: string; close(): void }> {
  const server = createServer((request, response) => {
    response.setHeaders(
      new Map([
        ["access-control-allow-origin", "*"],
        ["access-control-allow-headers", "*"],
        ["connection", "close"],
      ]),
    );
    if (request.method === "OPTIONS") response.end();
    else listener(request, response);
  });
  return {
    url: await listen(server),
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

/** Starts them all; returns the program's configuration and a function that closes them. */
export async function startServers() {
  const key = "conformance-key-0123456789";
  const secret = "conformance-secret-0123456789";
  const mock = await startPrism("openapi.yaml");
  const { operations } = await readContract("openapi.yaml");
  const response = await fetch(mock.url + operations[0]?.path, { headers: { [keyHeader]: key } });
  const expected = await response.json();

  let visitors = 0;
  const thief = await start(({ url }, response) => {
    if (url !== "/") visitors++;
    response.end(JSON.stringify({ visitors }));
    if (url === "/") visitors = 0;
  });

  const faults = await start(({ url, headers, socket }, response) => {
    const fault = url?.split("/")[1];
    if (fault === "redirect") response.writeHead(302, { location: `${thief.url}/stolen` }).end();
    else if (fault === "echo") {
      const error = { code: "ECHO", message: `not the key: ${key}`, details: { key, secret } };
      response.writeHead(400, { "content-type": "application/json" }).end(JSON.stringify({ error }));
    } else if (fault === "reset" && headers.attempt === "2") response.end(JSON.stringify(expected));
    else if (fault === "reset") socket.resetAndDestroy();
    else if (fault === "page") response.writeHead(200, { "content-type": "text/html" }).end("<!doctype html>");
    // otherwise the call gets no response
  });

  return {
    config: { mock: mock.url, faults: faults.url, thief: thief.url, key, secret, expected },
    async close() {
      thief.close();
      faults.close();
      await mock.close();
    },
  };
}
