/** What an attempt rejects with when its time is over. The error is made where this is caught, so that its stack shows the caller. */
export const EXPIRED = Symbol("expired");

/** Starts the time of one attempt: it is over after `timeout` ms or when the caller aborts, whichever comes first. */
export function startDeadline(timeout: number, caller: AbortSignal | null | undefined) {
  const controller = new AbortController();
  let reject: (error: unknown) => void = nothing;
  const stop = (error: unknown, reason = error) => {
    reject(error);
    controller.abort(reason);
  };
  const late = () => stop(EXPIRED, new DOMException(`No complete answer within ${timeout} ms.`, "TimeoutError"));
  const timer = setTimeout(late, timeout);
  const unfollow = follow(caller, stop);
  return {
    signal: controller.signal,
    /**
     * Settles as the promise of `run` does, but not later than the deadline: a key function, a middleware or a given fetch may
     * ignore the signal. Rejects with the caller's own reason, or with {@link EXPIRED}.
     */
    bound: <T>(run: () => Promise<T>) =>
      new Promise<T>((resolve, rejectBound) => {
        reject = rejectBound;
        run().then(resolve, rejectBound);
      }),
    /** An answer that nobody will read must not hold its connection. */
    abort: () => controller.abort(),
    end() {
      clearTimeout(timer);
      unfollow();
    },
  };
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
