// Takes a new key without a restart: the function is asked once for each attempt.
import { readFile } from "node:fs/promises";
import { createKonProClient } from "konpro-client";

const { KONPRO_API_KEY_FILE = "/run/secrets/konpro" } = process.env;

export const konpro = createKonProClient({
  apiKey: async () => (await readFile(KONPRO_API_KEY_FILE, "utf8")).trim(),
});
