// An error of the API is ours, not our client's: without the handler, Express would pass its status on, and our 401 with it.
import express, { type ErrorRequestHandler } from "express";
import { createKonProClient, KonProError, redactSecrets } from "konpro-client";

const konpro = createKonProClient();

export const app = express();

app.get("/endpoints", async (_request, response) => {
  const { data: endpoints } = await konpro.listWebhookEndpoints();
  response.json(redactSecrets(endpoints));
});

const onKonProError: ErrorRequestHandler = (error, _request, response, next) => {
  if (!(error instanceof KonProError)) return next(error);
  console.error(error.message);
  response.status(502).json({ message: "KonPro did not answer as it should" });
};
app.use(onKonProError);
