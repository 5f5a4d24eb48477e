// The clients in turn, again and again: what slows the machine for a while slows all of a round.
import type { ChildProcess } from "node:child_process";
import { COMPARED } from "./clients.js";
import { reply, start } from "./tools.js";

/** By what is measured and by client, a number for each round, the first rounds with all clients. */
export type Results = Record<string, Record<string, number[]>>;

function add(results: Results, client: string, figures: object): void {
  for (const [name, value] of Object.entries(figures)) {
    results[name] ??= {};
    results[name][client] ??= [];
    results[name][client].push(value);
  }
}

/** Nobody is always after the same one. */
const shuffled = <Item>(items: Item[]) => items.toSorted(() => Math.random() - 0.5);

/** What one client gives, as numbers by name, for all of them, so many times. */
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

/** New processes now and then, since the compiler treats one better than the next. */
const SECONDS_OF_A_PROCESS = 15;
/** However slow the machine is. */
const FEWEST_ROUNDS = 3;

/**
 * Slices of all clients for so many seconds, each client in a process of its own: two that share openapi-fetch would spoil
 * what the compiler has learnt of its calls. What comes in the first third is to warm up. After the first processes, only
 * those that the marks compare go on.
 *
 * @param url - whom they call; empty for a stub
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
