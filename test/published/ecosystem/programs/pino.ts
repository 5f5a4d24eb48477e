// Logs a failure. pino may get the error as it is: it shows neither the key nor
// the body, in which secrets may be.
import { createKonProClient } from "konpro-client";
import { type DestinationStream, pino } from "pino";

const konpro = createKonProClient();

export async function listAndLog(
  destination?: DestinationStream,
): Promise<void> {
  const log = pino({}, destination);
  try {
    const { data } = await konpro.listWebhookEndpoints();
    log.info({ endpoints: data.length }, "listed");
  } catch (error) {
    log.error(error, "not listed");
  }
}
