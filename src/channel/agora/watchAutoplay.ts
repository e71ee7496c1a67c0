const LISTENERS = Symbol.for('visavis.autoplay.listeners');
const PREVIOUS = Symbol.for('visavis.autoplay.previous');

/** The SDK has room for one function. Ours knows its listeners and who was there before it. */
interface AutoplayHook {
  (): void;
  readonly [LISTENERS]: Set<() => void>;
  readonly [PREVIOUS]: (() => void) | undefined;
}

/** The part of the SDK that tells of blocked sound. */
export interface AutoplaySource {
  onAutoplayFailed?: (() => void) | undefined;
}

/**
 * Calls `listener` when the SDK's sound is blocked. The page's own `onAutoplayFailed` is called as well, and is back in its place
 * once nobody of ours listens any more, whoever of several rooms leaves first.
 *
 * @returns stops
 */
export function watchAutoplay(sdk: AutoplaySource, listener: () => void): () => void {
  const present = sdk.onAutoplayFailed;
  const hook = isHook(present) ? present : createHook(present);
  // A function of its own: the same listener may be given twice.
  const mine = () => listener();
  hook[LISTENERS].add(mine);
  sdk.onAutoplayFailed = hook;
  return () => {
    hook[LISTENERS].delete(mine);
    // Ours may lie below one that the page has set since; that one is left alone.
    for (let top = sdk.onAutoplayFailed; isHook(top) && top[LISTENERS].size === 0; top = sdk.onAutoplayFailed) sdk.onAutoplayFailed = top[PREVIOUS];
  };
}

function createHook(previous: (() => void) | undefined): AutoplayHook {
  const listeners = new Set<() => void>();
  const call = () => {
    previous?.();
    for (const listener of [...listeners]) listener();
  };
  return Object.assign(call, { [LISTENERS]: listeners, [PREVIOUS]: previous });
}

function isHook(value: (() => void) | undefined): value is AutoplayHook {
  return value !== undefined && LISTENERS in value;
}
