// Validates a response of 3 MB with a million wrong items, in a process of its own: test/load/validation.test.ts limits its heap.
import { createKonProClient } from "konpro-client";
import { ContractViolationError, validateResponses } from "konpro-client/validation";

const text = `{"data":[${Array(1_000_000).fill("{}").join(",")}]}`;
const bytes = new TextEncoder().encode(text);
const konpro = createKonProClient({ apiKey: "fake-key-0000", fetch: async () => new Response(bytes) });
konpro.use(validateResponses());

/** The shortest of three runs, in microseconds of CPU time: what else the machine does is left out. */
async function shortest(run: () => unknown): Promise<number> {
  const times: number[] = [];
  while (times.length < 3) {
    const { user } = process.cpuUsage();
    await run();
    times.push(process.cpuUsage().user - user);
  }
  return Math.min(...times);
}

let pointer = "";
const parse = await shortest(() => JSON.parse(text));
const call = await shortest(async () => {
  const error = await konpro.listWebhookEndpoints().catch((error: unknown) => error);
  if (error instanceof ContractViolationError) ({ pointer } = error.violation);
});
console.log(JSON.stringify({ pointer, ratio: call / parse, parse, call }));
