import { createKonProClient } from "konpro-client";

/** A client with the key of one of our tenants. */
export const konproOf = (tenant: string) =>
  createKonProClient({ apiKey: process.env[`KONPRO_API_KEY_${tenant}`] });
