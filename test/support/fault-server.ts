import { createServer, type Socket } from "node:net";
import { gzipSync } from "node:zlib";
import { listen } from "./listen.js";

/** What the server does with one request. */
export type Reaction = (socket: Socket, request: string) => void;

export interface FaultServer {
  readonly url: string;
  /** Each request it got, as it came. */
  readonly requests: string[];
  /** Connections it has accepted so far. */
  readonly connections: number;
  /** Connections that are open now. */
  readonly open: number;
  [Symbol.asyncDispose](): Promise<void>;
}

/** A server that answers the first request by the first reaction, and so on; the last one repeats. A reaction writes raw HTTP. */
export async function startFaultServer(...reactions: [Reaction, ...Reaction[]]): Promise<FaultServer> {
  const requests: string[] = [];
  const sockets = new Set<Socket>();
  let connections = 0;
  const server = createServer({ noDelay: true }, (socket) => {
    connections++;
    sockets.add(socket);
    let received = "";
    socket.setEncoding("latin1");
    socket.on("close", () => sockets.delete(socket));
    socket.on("error", () => {}); // the client may disconnect at any time
    socket.on("data", (chunk) => {
      received += chunk;
      for (let size = requestSize(received); size > 0; size = requestSize(received)) {
        const react = reactions[requests.length] ?? reactions.at(-1);
        requests.push(received.slice(0, size));
        react?.(socket, received.slice(0, size));
        received = received.slice(size);
      }
    });
  });
  return {
    url: await listen(server),
    requests,
    get connections() {
      return connections;
    },
    get open() {
      return sockets.size;
    },
    [Symbol.asyncDispose]: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

/** The length of the first request in what was received, or 0 while it is not there in full. */
function requestSize(received: string): number {
  const head = received.indexOf("\r\n\r\n") + 4;
  if (head < 4) return 0;
  const size = head + Number(/^content-length: *(\d+)/im.exec(received.slice(0, head))?.[1] ?? 0);
  return received.length >= size ? size : 0;
}

type Bytes = string | Buffer;

/** A status line and headers. */
export const head = (status: number | string, headers: Record<string, string | number> = {}) =>
  `HTTP/1.1 ${status}\r\n${Object.entries(headers)
    .map(([name, value]) => `${name}: ${value}\r\n`)
    .join("")}\r\n`;

const full = (status: number | string, body: Bytes, headers: Record<string, string | number> = {}) =>
  Buffer.concat([
    Buffer.from(
      head(status, { "content-type": "application/json", "content-length": Buffer.byteLength(body), ...headers }),
    ),
    Buffer.from(body),
  ]);

/** A complete answer; the connection stays. */
export const answer =
  (status: number | string, body: Bytes, headers?: Record<string, string | number>): Reaction =>
  (socket) =>
    socket.write(full(status, body, headers));

/** These bytes, then nothing more: the connection stays open. */
export const stall =
  (...bytes: Bytes[]): Reaction =>
  (socket) => {
    for (const part of bytes) socket.write(part);
  };

/** These bytes, then an orderly end. */
export const end =
  (...bytes: Bytes[]): Reaction =>
  (socket) =>
    socket.end(Buffer.concat(bytes.map((part) => Buffer.from(part))));

/** These bytes, then RST. */
export const reset =
  (...bytes: Bytes[]): Reaction =>
  (socket) => {
    if (bytes.length === 0) socket.resetAndDestroy();
    // RST discards what the client has not read yet, so give it time to read.
    else
      socket.write(Buffer.concat(bytes.map((part) => Buffer.from(part))), () =>
        setTimeout(() => socket.resetAndDestroy(), 20),
      );
  };

/** A byte, again and again, after these bytes: faster than any idle timeout, slower than any deadline. */
export const drip =
  (start: Bytes, byte = " "): Reaction =>
  (socket) => {
    socket.write(start);
    const timer = setInterval(() => socket.write(byte), 10);
    socket.on("close", () => clearInterval(timer));
  };

/** A complete answer, one byte a packet. */
export const byteByByte =
  (status: number, body: Bytes): Reaction =>
  (socket) => {
    const bytes = full(status, body);
    let sent = 0;
    const next = () => {
      if (sent < bytes.length) socket.write(bytes.subarray(sent, ++sent), () => setImmediate(next));
    };
    next();
  };

export const chunked = (...chunks: string[]) =>
  chunks.map((chunk) => `${Buffer.byteLength(chunk).toString(16)}\r\n${chunk}\r\n`).join("");

/** A complete answer that is compressed; `harm` may change the bytes before they are sent. */
export const gzip = (status: number, body: string, harm: (bytes: Buffer) => Bytes = (bytes) => bytes): Reaction =>
  answer(status, harm(gzipSync(body)), { "content-encoding": "gzip" });

/** A redirect. */
export const redirect = (status: number, location?: string): Reaction =>
  answer(status, "moved", location === undefined ? {} : { location });

/** The value of a header in a request, as it came. */
export const headerOf = (request: string, name: string) =>
  request
    .split("\r\n")
    .find((line) => line.toLowerCase().startsWith(`${name}: `))
    ?.slice(name.length + 2);
