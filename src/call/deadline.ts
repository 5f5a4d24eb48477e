/** Starts the time of one attempt. Its signal aborts after `timeout` ms or when the caller aborts, whichever comes first. */
export function startDeadline(timeout: number, caller: AbortSignal | null | undefined) {
  const controller = new AbortController();
  let end!: (isHandedOver?: boolean) => void;
  /** Rejects when the time is over: a key function, a middleware or a given fetch may ignore the signal. */
  const over = new Promise<never>((_, reject) => {
    const stop = (reason?: unknown) => {
      end();
      reject(reason);
      controller.abort(reason);
    };
    const timer = setTimeout(() => stop(), timeout);
    const unfollow = follow(caller, stop);
    // A body that is handed over unread outlives the attempt, and the caller's signal still applies to it.
    end = (isHandedOver) => {
      clearTimeout(timer);
      if (!isHandedOver) unfollow();
    };
  });
  return { signal: controller.signal, over, end, abort: () => controller.abort() };
}

/** Settles as `run` does, or rejects with the signal's reason as soon as it aborts, whatever `run` is waiting for. */
export function untilAborted<T>(signal: AbortSignal | null | undefined, run: () => Promise<T>): Promise<T> {
  if (!signal) return run();
  return new Promise((resolve, reject) => {
    const unfollow = follow(signal, (reason) => {
      unfollow();
      reject(reason);
    });
    run().then(resolve, reject).finally(unfollow);
  });
}

const followers = new WeakMap<AbortSignal, { callbacks: Set<(reason: unknown) => void>; handleEvent(): void }>();

/**
 * Calls back when the signal aborts, until the returned function is called. All followers of a signal share one listener, which is
 * removed with the last of them. `AbortSignal.any` would be slower than the rest of a call, and would use memory for each call.
 */
export function follow(signal: AbortSignal | null | undefined, onAbort: (reason: unknown) => void): () => void {
  if (!signal) return () => {};
  const group = followers.get(signal) ?? {
    callbacks: new Set(),
    handleEvent() {
      for (const callback of this.callbacks) callback(signal.reason);
    },
  };
  followers.set(signal, group);
  group.callbacks.add(onAbort);
  signal.addEventListener("abort", group); // no effect if it is already registered
  return () => {
    group.callbacks.delete(onAbort);
    if (group.callbacks.size === 0) signal.removeEventListener("abort", group);
  };
}
