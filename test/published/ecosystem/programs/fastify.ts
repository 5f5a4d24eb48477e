// An error of the API is ours, not our client's: without the handler, Fastify would pass its status on, and our 401 with it.
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
  return reply.status(502).send({ message: "KonPro did not answer as it should" });
});
