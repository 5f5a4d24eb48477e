// Without the handler, Fastify would respond with the API's status: its 401 is
// about our key, but would look like a failed login of the user.
import fastify from "fastify";
import { createKonProClient, KonProError, redactSecrets } from "konpro-client";

const konpro = createKonProClient();

export const app = fastify();

app.get("/endpoints", async () => {
  const { data: endpoints } = await konpro.listWebhookEndpoints();
  return redactSecrets(endpoints);
});

app.setErrorHandler((error, request, reply) => {
  if (!(error instanceof KonProError)) throw error;
  request.log.error(error);
  return reply.status(502).send({ message: "The KonPro request failed" });
});
