// Runs the clients in rounds: a temporary slowdown of the machine affects a whole round.
import type { ChildProcess } from "node:child_process";
import { COMPARED } from "./clients.js";
import { reply, start } from "./tools.js";

/** Per measure and client, one number per round; only the first rounds include all clients. */
export type Results = Record<string, Record<string, number[]>>;

function add(results: Results, client: string, figures: object): void {
  for (const [name, value] of Object.entries(figures)) {
    results[name] ??= {};
    results[name][client] ??= [];
    results[name][client].push(value);
  }
}

/** In random order, so that no client always follows the same one. */
const shuffled = <Item>(items: Item[]) => items.toSorted(() => Math.random() - 0.5);

/** Measures each client `rounds` times. */
export async function interleave(clients: string[], rounds: number, measure: (client: string) => Promise<object>) {
  const results: Results = {};
  for (let round = 0; round < rounds; round++) {
    for (const client of shuffled(clients)) add(results, client, await measure(client));
  }
  return results;
}

/** Calls that are measured together. */
export interface Slice {
  calls: number;
  inFlight: number;
}

/** Processes are replaced regularly, since JIT optimisation varies between them. */
const SECONDS_OF_A_PROCESS = 15;
const FEWEST_ROUNDS = 3;

/**
 * Runs slices of all clients in turn for the given time, each client in its own process: two clients in one process would
 * share openapi-fetch and its JIT state. The first third is warm-up. After the first processes, only the clients that the
 * targets compare go on.
 *
 * @param url - the server to call; empty for the stub
 */
export async function takeTurns(clients: string[], seconds: number, url: string, slice: Slice) {
  const results: Results = {};
  for (let left = seconds; left > 0; left -= SECONDS_OF_A_PROCESS) {
    const begin = performance.now();
    const elapsed = () => (performance.now() - begin) / 1000 / Math.min(left, SECONDS_OF_A_PROCESS);
    const inTurn = left === seconds ? clients : clients.filter((client) => COMPARED.includes(client));
    const processes = inTurn.map((client): [string, ChildProcess] => [client, start("slices", client, url)]);
    try {
      const turnsUntil = async (part: number, results: Results) => {
        for (let round = 0; round < FEWEST_ROUNDS || elapsed() < part; round++) {
          for (const [client, child] of shuffled(processes)) {
            child.send(slice);
            add(results, client, await reply(child));
          }
        }
      };
      await turnsUntil(1 / 3, {});
      await turnsUntil(1, results);
    } finally {
      for (const [, child] of processes) child.kill();
    }
  }
  return results;
}
