// What calls end in, as plain data: the same wherever the package is loaded, so that a test runner's own globals change nothing.
const { once } = require("node:events");
const { createServer } = require("node:http");

/** Answers by the first part of the path. */
function answer({ url }, response) {
  if (url.startsWith("/list"))
    response.setHeader("content-type", "application/json").end('{"data":[]}');
  if (url.startsWith("/page"))
    response.setHeader("content-type", "text/html").end("<!doctype html>");
  if (url.startsWith("/refusal"))
    response.writeHead(401, { "content-type": "application/json" }).end("{}");
  if (url.startsWith("/cut"))
    response
      .writeHead(200, { "content-length": 9 })
      .write("{", () => response.destroy());
  // else there is no answer
}

/** An error's name, its class by `instanceof`, and its chain of causes. */
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

/** Takes the package, as this realm has loaded it. */
exports.outcomes = async (konpro) => {
  const paths = [];
  const server = createServer((request, response) => {
    paths.push(request.url.split("/")[1]);
    answer(request, response);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const ends = {};
  for (const path of ["list", "page", "refusal", "cut", "timeout", "aborted"]) {
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
    (path) => path in { list: 0, page: 0, refusal: 0, cut: 0 },
  );
  server.close();
  server.closeAllConnections();
  return ends;
};
