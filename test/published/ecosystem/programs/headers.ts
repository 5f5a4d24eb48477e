// The status and the headers of an answer: GET gives them beside the data. The vendor documents no header: see what comes.
import { createKonProClient } from "konpro-client";

const konpro = createKonProClient();
const { data, response } = await konpro.GET("/v1/webhook/endpoint.list");

console.log(response.status, response.headers.get("date"));
for (const [name, value] of response.headers) if (/limit|retry/.test(name)) console.log(`${name}: ${value}`);
if (data) console.log(`${data.data.length} endpoints`);
