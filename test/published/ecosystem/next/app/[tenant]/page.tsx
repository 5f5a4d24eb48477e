// A server component: the key and the secrets stay on the server.
import { konproOf } from "../konpro";

export default async function Page({
  params,
}: {
  params: Promise<{ tenant: string }>;
}) {
  const { tenant } = await params;
  const { data: endpoints } = await konproOf(tenant).listWebhookEndpoints();
  return (
    <ul>
      {endpoints.map(({ endpoint_id, username, status }) => (
        <li key={endpoint_id}>
          {username}: {status}
        </li>
      ))}
    </ul>
  );
}
