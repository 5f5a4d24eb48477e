// For cron: alerts once when an endpoint is no longer enabled. `status` is an open set, so anything but `enabled` counts.
import { readFile, writeFile } from "node:fs/promises";
import { createKonProClient } from "konpro-client";

const { ALERT_URL = "", STATUS_FILE = "statuses.json" } = process.env;

/** The status of each endpoint at the last run. */
const known: Record<string, string> = await readFile(STATUS_FILE, "utf8").then(JSON.parse, () => ({}));

const { data: endpoints } = await createKonProClient().listWebhookEndpoints();
for (const { endpoint_id, status } of endpoints) {
  if (status === "enabled" || known[endpoint_id] === status) continue;
  const text = `The KonPro endpoint ${endpoint_id} is ${status}`;
  const { ok } = await fetch(ALERT_URL, { method: "POST", body: JSON.stringify({ text }) });
  if (!ok) throw new Error("The alert did not arrive"); // nothing is saved, so the next run alerts again
}
const statuses = endpoints.map(({ endpoint_id, status }) => [endpoint_id, status]);
await writeFile(STATUS_FILE, JSON.stringify(Object.fromEntries(statuses)));
