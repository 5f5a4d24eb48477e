// Listens on a free port, sends it to the parent process, and responds with as many endpoints as the first path segment says.
import { createServer } from "node:http";
import { bodyOf } from "./connect.js";

const bodies = new Map([2, 10_000].map((count) => [String(count), Buffer.from(bodyOf(count))]));
const server = createServer(({ url = "" }, response) => {
  const body = bodies.get(url.split("/")[1] ?? "");
  response.writeHead(body ? 200 : 404, { "content-type": "application/json", "content-length": body?.length ?? 0 });
  response.end(body);
});
server.listen(0, "127.0.0.1", () => process.send?.(server.address()));
process.on("disconnect", () => process.exit());
