// A small app: the whole client.
import { createKonProClient, listensTo } from "konpro-client";

const { data } = await createKonProClient({ apiKey: "key", dangerouslyAllowBrowser: true }).listWebhookEndpoints();
console.log(data.filter((endpoint) => listensTo(endpoint, "avatar_video.success")));
