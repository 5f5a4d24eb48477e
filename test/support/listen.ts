import type { AddressInfo, Server } from "node:net";

/** Starts a server on a free local port; returns its URL. */
export async function listen(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo; // a string only for a pipe
  return `http://127.0.0.1:${port}`;
}
