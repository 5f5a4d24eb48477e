// Receives KonPro's events with nothing but Node. KonPro posts to HTTPS only: put a proxy that speaks TLS in front of it.
import { createHash } from "node:crypto";
import { createServer, type IncomingMessage } from "node:http";
import type { WebhookEvent } from "konpro-client";
import { hasEventType, parseUnauthenticatedEvent } from "konpro-client/validation";

const { PORT = "8080", WEBHOOK_PATH = "/webhooks/konpro-a-long-random-path" } = process.env;
/** More than any event, so that nobody can fill the memory. */
const LONGEST = 1_000_000;

/** Events have no identifier, and may come twice: the same bytes count as the same event. Keep this in a database. */
const seen = new Set<string>();

const server = createServer(async (request, response) => {
  const end = (status: number) => response.writeHead(status, { allow: "OPTIONS, POST" }).end();
  // Signatures are not published: a path that nobody can guess is all that tells KonPro from others.
  if (request.url !== WEBHOOK_PATH) return end(404);
  // Before KonPro registers the URL, it asks this, and waits for one second.
  if (request.method === "OPTIONS") return end(200);
  if (request.method !== "POST") return end(405);

  let event: WebhookEvent;
  let key: string;
  try {
    const body = await read(request);
    event = parseUnauthenticatedEvent(body);
    key = createHash("sha256").update(body).digest("hex");
  } catch {
    return end(400);
  }
  if (!seen.has(key)) {
    seen.add(key);
    queueMicrotask(() => handle(event)); // after the answer: KonPro's patience is not published
  }
  end(200);
});

async function read(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.length;
    if (size > LONGEST) throw new Error("too long");
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** Do not trust what an event says: fetch what it is about from the API before you act on it. */
function handle(event: WebhookEvent): void {
  if (hasEventType(event, "avatar_video.success")) console.log(`video ${event.event_data.video_id} is ready`);
  else console.log(`event ${event.event_type}`);
}

server.listen(Number(PORT), () => {
  const address = server.address();
  console.log(`listening on ${typeof address === "object" ? address?.port : address}`);
});
