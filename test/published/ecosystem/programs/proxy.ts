// Goes through a proxy, with a dispatcher of undici 5, 6 or 7.
import { createKonProClient } from "konpro-client";
import { ProxyAgent } from "undici";

export const konproBehind = (proxy: string) =>
  createKonProClient({ requestInitExt: { dispatcher: new ProxyAgent(proxy) } });
