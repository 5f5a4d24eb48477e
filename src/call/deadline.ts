/** What an attempt rejects with when its time is over; its error is made where it is awaited, with the caller in its stack. */
export const EXPIRED = Symbol("expired");

/**
 * Runs one attempt until it settles, its time is over or the caller aborts, whichever comes first: a key function, a middleware
 * or a given fetch may ignore the signal. Rejects with the caller's own reason, or with {@link EXPIRED}.
 */
export async function underDeadline<T>(
  timeout: number,
  caller: AbortSignal | null | undefined,
  run: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const controller = new AbortController();
  let cleanUp = nothing;
  try {
    return await new Promise<T>((resolve, reject) => {
      const stop = (error: unknown, reason = error) => {
        reject(error);
        controller.abort(reason);
      };
      const late = () => stop(EXPIRED, new DOMException(`No complete answer within ${timeout} ms.`, "TimeoutError"));
      const timer = setTimeout(late, timeout);
      const unfollow = follow(caller, stop);
      cleanUp = () => {
        clearTimeout(timer);
        unfollow();
      };
      run(controller.signal).then(resolve, reject);
    });
  } catch (error) {
    controller.abort(); // An answer that nobody will read must not hold its connection.
    throw error;
  } finally {
    cleanUp();
  }
}

interface Followers {
  readonly callbacks: Set<(reason: unknown) => void>;
  handleEvent(event: Event): void;
}

const followers = new WeakMap<AbortSignal, Followers>();
const nothing = () => {};

/**
 * Calls back when the signal aborts, until the returned function is called. However many follow one signal, it has one
 * listener, and none when they have left; `AbortSignal.any` would cost more than the rest of a call, and memory for each.
 */
export function follow(signal: AbortSignal | null | undefined, onAbort: (reason: unknown) => void): () => void {
  if (!signal) return nothing;
  const group = followers.get(signal) ?? {
    callbacks: new Set(),
    handleEvent() {
      for (const callback of this.callbacks) callback(signal.reason);
    },
  };
  followers.set(signal, group);
  group.callbacks.add(onAbort);
  signal.addEventListener("abort", group); // a second time, it changes nothing
  return () => {
    group.callbacks.delete(onAbort);
    if (group.callbacks.size === 0) signal.removeEventListener("abort", group);
  };
}
