import type { Random } from './mutators/createRandom.js';

/** Bytes as a response brings them: in pieces of any length. */
export function streamOf(random: Random, bytes: Uint8Array<ArrayBuffer>): ReadableStream<Uint8Array<ArrayBuffer>> {
  let at = 0;
  return new ReadableStream({
    pull(controller) {
      if (at >= bytes.length) return controller.close();
      const end = at + 1 + random.below(random.pick([2, 64, 4_096]));
      controller.enqueue(bytes.slice(at, end));
      at = end;
    },
  });
}
