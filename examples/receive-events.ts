// Receives webhook events with nothing but Node. KonPro AI posts to HTTPS URLs
// only: put a reverse proxy that terminates TLS in front of it.
import { createHash } from "node:crypto";
import { createServer, type IncomingMessage } from "node:http";
import type { WebhookEvent } from "konpro-client";
import {
  hasEventType,
  parseUnauthenticatedEvent,
} from "konpro-client/validation";

const { PORT = "8080", WEBHOOK_PATH = "/webhooks/konpro-a-long-random-path" } =
  process.env;
/** The size limit of a body, so that nobody can fill the memory. */
const MAX_BYTES = 1_000_000;

/**
 * Events have no ID and may arrive twice: an identical body counts as the same
 * event. Use a database to remember more of them.
 */
const seen = new Set<string>();
const REMEMBERED = 1000;

const server = createServer(async (request, response) => {
  const end = (status: number) =>
    response.writeHead(status, { allow: "OPTIONS, POST" }).end();
  // Signatures are undocumented: a path that is hard to guess is the only
  // protection.
  if (request.url !== WEBHOOK_PATH) return end(404);
  // KonPro AI sends this before it registers the URL, and waits one second.
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
    remember(key);
    // After the response, since KonPro AI's timeout is undocumented.
    queueMicrotask(() => handle(event));
  }
  end(200);
});

function remember(key: string): void {
  seen.add(key);
  const [oldest = key] = seen;
  if (seen.size > REMEMBERED) seen.delete(oldest);
}

async function read(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.length;
    if (size > MAX_BYTES) throw new Error("too long");
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** Before you act on an event, check it through the vendor's API. */
function handle(event: WebhookEvent): void {
  if (hasEventType(event, "avatar_video.success"))
    console.log(`video ${shown(event.event_data.video_id)} is ready`);
  else console.log(`event ${shown(event.event_type)}`);
}

/** An untrusted string for a log: cut, with control characters escaped. */
function shown(text = "without an id"): string {
  const escaped = (character: string) =>
    `\\u{${character.codePointAt(0)?.toString(16)}}`;
  return text
    .slice(0, 100)
    .replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, escaped);
}

server.listen(Number(PORT), () => {
  const address = server.address();
  console.log(
    `listening on ${typeof address === "object" ? address?.port : address}`,
  );
});
