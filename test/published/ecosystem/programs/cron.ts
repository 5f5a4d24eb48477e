// For cron, every 15 minutes: 96 requests a day, where the smallest plan is said to allow 100. Other programs read the file and do not ask.
import { writeFile } from "node:fs/promises";
import { createKonProClient, KonProError, redactSecrets } from "konpro-client";

const [, , file = "endpoints.json"] = process.argv;
const konpro = createKonProClient({ maxRetries: 0 }); // a retry would be one request more: the next run comes soon enough

try {
  const { data: endpoints } = await konpro.listWebhookEndpoints();
  await writeFile(file, JSON.stringify(redactSecrets(endpoints)));
} catch (error) {
  if (!(error instanceof KonProError)) throw error;
  console.error(error.message); // the file stays as the last good run left it
  process.exitCode = 1;
}
