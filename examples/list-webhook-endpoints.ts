// Lists the account's webhook endpoints as a table, with the key from
// KONPRO_API_KEY.
import { createKonProClient, KonProError, redactSecrets } from "konpro-client";

const konpro = createKonProClient();

try {
  const { data: endpoints } = await konpro.listWebhookEndpoints();
  const rows = redactSecrets(endpoints).map(
    ({ endpoint_id, url, status, events, created_at, secret }) => ({
      id: endpoint_id,
      url,
      status,
      events: events?.length ? events.join(", ") : "all",
      created: created_at,
      secret,
    }),
  );
  console.table(rows);
} catch (error) {
  if (!(error instanceof KonProError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
