// Calls the API once a minute for each tenant.
import { konproOf } from "../../konpro";

export async function GET(
  _request: Request,
  { params }: { params: Promise<{ tenant: string }> },
) {
  const { tenant } = await params;
  const { data } = await konproOf(tenant).listWebhookEndpoints({
    next: { revalidate: 60 },
  });
  return Response.json(data.map(({ username }) => username));
}
