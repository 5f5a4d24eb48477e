// A span for each request that the client makes, retries included.
import { UndiciInstrumentation } from "@opentelemetry/instrumentation-undici";
import {
  InMemorySpanExporter,
  NodeTracerProvider,
  SimpleSpanProcessor,
} from "@opentelemetry/sdk-trace-node";
import { createKonProClient } from "konpro-client";

// Yours sends the spans somewhere.
export const exporter = new InMemorySpanExporter();
const provider = new NodeTracerProvider({
  spanProcessors: [new SimpleSpanProcessor(exporter)],
});
provider.register();
new UndiciInstrumentation().setTracerProvider(provider);

export const konpro = createKonProClient();
