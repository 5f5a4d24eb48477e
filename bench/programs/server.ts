// Answers on a free port, which it tells its parent, with as many endpoints as the path begins with.
import { createServer } from "node:http";
import { answer } from "./answer.js";

const bodies = new Map([2, 10_000].map((count) => [String(count), Buffer.from(answer(count))]));
const server = createServer(({ url = "" }, response) => {
  const body = bodies.get(url.split("/")[1] ?? "");
  response.writeHead(body ? 200 : 404, { "content-type": "application/json", "content-length": body?.length ?? 0 });
  response.end(body);
});
server.listen(0, "127.0.0.1", () => process.send?.(server.address()));
process.on("disconnect", () => process.exit());
