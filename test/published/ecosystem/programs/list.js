import { createKonProClient } from "konpro-client";

const { data: endpoints } = await createKonProClient().listWebhookEndpoints();
for (const { username } of endpoints) console.log(username);
