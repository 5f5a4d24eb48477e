// A span for each request that the client makes, retries among them.
import { UndiciInstrumentation } from "@opentelemetry/instrumentation-undici";
import { InMemorySpanExporter, NodeTracerProvider, SimpleSpanProcessor } from "@opentelemetry/sdk-trace-node";
import { createKonProClient } from "konpro-client";

export const exporter = new InMemorySpanExporter(); // yours sends them somewhere
const provider = new NodeTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] });
provider.register();
new UndiciInstrumentation().setTracerProvider(provider);

export const konpro = createKonProClient();
