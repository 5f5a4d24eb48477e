// Reports a failure with all of its fields. Sentry may get the error as it is:
// it shows neither the key nor the body, in which secrets may be.
import * as Sentry from "@sentry/node";
import { createKonProClient } from "konpro-client";

Sentry.init({
  dsn: process.env.SENTRY_DSN,
  integrations: [Sentry.extraErrorDataIntegration()],
});

const konpro = createKonProClient();

export async function listAndReport(): Promise<void> {
  try {
    await konpro.listWebhookEndpoints();
  } catch (error) {
    Sentry.captureException(error);
  }
  await Sentry.flush();
}
