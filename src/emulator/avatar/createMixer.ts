/** How far one source may fall behind another before it counts as silent. */
const MAX_SKEW_SAMPLES = 960;

/** One of the sounds in a mix. */
export interface MixerInput {
  /** Takes the next samples: Int16Array [samples], mono; the mixer's to keep. */
  push(samples: Int16Array): void;
  /** No more is coming. What has not been mixed is forgotten. Idempotent. */
  end(): void;
}

export interface MixerOptions {
  /** Takes the sum of all inputs: Int16Array [samples], mono. */
  readonly onSound: (samples: Int16Array) => void;
  /** The last input has ended. */
  readonly onEnd: () => void;
}

/**
 * Adds sounds that come in pieces of any length. A lone one passes through at once; of several, each waits for the
 * others, but not for one that has stopped to send.
 *
 * @returns adds an input.
 */
export function createMixer({ onSound, onEnd }: MixerOptions): () => MixerInput {
  const queues = new Set<Int16Array[]>();
  const lengthOf = (queue: readonly Int16Array[]) => queue.reduce((sum, { length }) => sum + length, 0);

  function mix(): void {
    const lengths = [...queues].map(lengthOf);
    const count = Math.max(Math.min(...lengths), Math.max(...lengths) - MAX_SKEW_SAMPLES);
    if (count <= 0) return;
    const sum = new Int32Array(count);
    for (const queue of queues) addTo(sum, queue);
    onSound(Int16Array.from(sum, (value) => Math.max(-32_768, Math.min(32_767, value))));
  }

  return () => {
    const queue: Int16Array[] = [];
    queues.add(queue);
    return {
      push(samples) {
        if (!queues.has(queue)) return;
        if (queues.size === 1 && queue.length === 0) return onSound(samples);
        queue.push(samples);
        mix();
      },
      end() {
        if (queues.delete(queue) && queues.size === 0) onEnd();
      },
    };
  };
}

/** Takes as much from the queue as there is room for. */
function addTo(sum: Int32Array, queue: Int16Array[]): void {
  for (let at = 0; at < sum.length; ) {
    const head = queue.shift();
    if (!head) return;
    const part = head.subarray(0, sum.length - at);
    for (let i = 0; i < part.length; i++) sum[at + i] = (sum[at + i] ?? 0) + (part[i] ?? 0);
    at += part.length;
    if (part.length < head.length) queue.unshift(head.subarray(part.length));
  }
}
