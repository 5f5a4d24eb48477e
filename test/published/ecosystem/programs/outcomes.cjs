// The outcomes of calls as plain data, to check that they are the same under a test runner's own globals.
const { once } = require("node:events");
const { createServer } = require("node:http");

/** Responds according to the first path segment. */
function respond({ url }, response) {
  if (url.startsWith("/list"))
    response.setHeader("content-type", "application/json").end('{"data":[]}');
  if (url.startsWith("/page"))
    response.setHeader("content-type", "text/html").end("<!doctype html>");
  if (url.startsWith("/rejected"))
    response.writeHead(401, { "content-type": "application/json" }).end("{}");
  if (url.startsWith("/cut"))
    response
      .writeHead(200, { "content-length": 9 })
      .write("{", () => response.destroy());
  // otherwise no response
}

/** An error's name, its classes by `instanceof`, and its causes. */
function describe(error, konpro) {
  const classes = [
    "KonProApiError",
    "KonProConnectionError",
    "KonProTimeoutError",
    "KonProResponseError",
  ];
  const causes = [];
  for (let { cause } = error; cause; { cause } = cause)
    causes.push(`${cause.name} ${cause.code} ${cause.message}`);
  return {
    name: error.name,
    classes: classes.filter((name) => error instanceof konpro[name]),
    causes,
  };
}

/** @param konpro - the package, as loaded in this realm */
exports.outcomes = async (konpro) => {
  const paths = [];
  const server = createServer((request, response) => {
    paths.push(request.url.split("/")[1]);
    respond(request, response);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const ends = {};
  for (const path of [
    "list",
    "page",
    "rejected",
    "cut",
    "timeout",
    "aborted",
  ]) {
    const baseUrl = `http://127.0.0.1:${server.address().port}/${path}`;
    const client = konpro.createKonProClient({
      apiKey: "test-key",
      baseUrl,
      maxRetries: 1,
    });
    const options = { timeout: path === "timeout" ? 50 : 30_000 };
    if (path === "aborted") options.signal = AbortSignal.timeout(100);
    const end = await client
      .listWebhookEndpoints(options)
      .catch((error) => describe(error, konpro));
    ends[path] = end;
  }
  ends.requests = paths.filter(
    (path) => path in { list: 0, page: 0, rejected: 0, cut: 0 },
  );
  server.close();
  server.closeAllConnections();
  return ends;
};
