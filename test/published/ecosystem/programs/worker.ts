// Without `nodejs_compat`, a worker has no `process.env`: pass the key.
import { createKonProClient, KonProError, redactSecrets } from "konpro-client";

interface Env {
  KONPRO_API_KEY: string;
  KONPRO_BASE_URL: string;
}

export default {
  async fetch(_request: Request, env: Env): Promise<Response> {
    const konpro = createKonProClient({
      apiKey: env.KONPRO_API_KEY,
      baseUrl: env.KONPRO_BASE_URL,
    });
    try {
      const { data: endpoints } = await konpro.listWebhookEndpoints();
      return Response.json(redactSecrets(endpoints));
    } catch (error) {
      if (!(error instanceof KonProError)) throw error;
      console.error(error.message);
      return Response.json(
        { message: "The KonPro request failed" },
        { status: 502 },
      );
    }
  },
};
