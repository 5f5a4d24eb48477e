// Puts something around each request: here, the time it takes.
import { createKonProClient } from "konpro-client";

export const times: number[] = [];

export const konpro = createKonProClient({
  fetch: async (request) => {
    const start = performance.now();
    try {
      return await fetch(request);
    } finally {
      times.push(performance.now() - start);
    }
  },
});
