// Without the handler, Express would respond with the API's status: its 401 is
// about our key, but would look like a failed login of the user.
import express, { type ErrorRequestHandler } from "express";
import { createKonProClient, KonProError, redactSecrets } from "konpro-client";

const konpro = createKonProClient();

export const app = express();

app.get("/endpoints", async (_request, response) => {
  const { data: endpoints } = await konpro.listWebhookEndpoints();
  response.json(redactSecrets(endpoints));
});

const onKonProError: ErrorRequestHandler = (
  error,
  _request,
  response,
  next,
) => {
  if (!(error instanceof KonProError)) return next(error);
  console.error(error.message);
  response.status(502).json({ message: "The KonPro request failed" });
};
app.use(onKonProError);
