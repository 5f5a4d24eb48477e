// Calls the API once for each tenant.
import { konproOf } from "../../konpro";

export async function GET(
  _request: Request,
  { params }: { params: Promise<{ tenant: string }> },
) {
  const { tenant } = await params;
  const { data } = await konproOf(tenant).listWebhookEndpoints({
    cache: "force-cache",
  });
  return Response.json(data.map(({ username }) => username));
}
