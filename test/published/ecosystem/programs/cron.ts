// For cron, every 15 minutes: 96 requests a day, of the 100 that the smallest
// plan is said to allow. Other programs read the file and make no calls.
import { writeFile } from "node:fs/promises";
import { createKonProClient, KonProError, redactSecrets } from "konpro-client";

const [, , file = "endpoints.json"] = process.argv;
// A retry would be one more request, and the next run is soon enough.
const konpro = createKonProClient({ maxRetries: 0 });

try {
  const { data: endpoints } = await konpro.listWebhookEndpoints();
  await writeFile(file, JSON.stringify(redactSecrets(endpoints)));
} catch (error) {
  if (!(error instanceof KonProError)) throw error;
  // The file keeps the result of the last successful run.
  console.error(error.message);
  process.exitCode = 1;
}
