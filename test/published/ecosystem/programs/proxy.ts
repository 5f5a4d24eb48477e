// Goes through a proxy: the dispatcher is one of undici's, version 5, 6 or 7.
import { createKonProClient } from "konpro-client";
import { ProxyAgent } from "undici";

export const konproBehind = (proxy: string) =>
  createKonProClient({ requestInitExt: { dispatcher: new ProxyAgent(proxy) } });
