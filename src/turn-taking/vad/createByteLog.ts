/** Bytes that are only ever added to. */
export interface ByteLog {
  /** Adds s16le: Int16Array [samples]. Copies them. */
  addSamples(samples: Int16Array): void;
  /** Adds the same s16le value so many times, held within what 16 bits can say. */
  addConstant(value: number, count: number): void;
  addText(text: string): void;
  /** A copy of everything. */
  bytes(): Uint8Array<ArrayBuffer>;
  clear(): void;
}

/** Makes an empty log; it doubles its room when that is full. */
export function createByteLog(): ByteLog {
  const encoder = new TextEncoder();
  let room = new Uint8Array(4096);
  let length = 0;

  function reserve(count: number): DataView {
    if (length + count > room.length) {
      const larger = new Uint8Array(Math.max(room.length * 2, length + count));
      larger.set(room.subarray(0, length));
      room = larger;
    }
    const view = new DataView(room.buffer, length, count);
    length += count;
    return view;
  }

  return {
    addSamples(samples) {
      const view = reserve(samples.length * 2);
      samples.forEach((sample, index) => view.setInt16(index * 2, sample, true));
    },
    addConstant(value, count) {
      const held = Math.max(-32_768, Math.min(32_767, Math.trunc(value)));
      const view = reserve(count * 2);
      for (let index = 0; index < count; index++) view.setInt16(index * 2, held, true);
    },
    addText(text) {
      const bytes = encoder.encode(text);
      const view = reserve(bytes.length);
      bytes.forEach((byte, index) => view.setUint8(index, byte));
    },
    bytes: () => room.slice(0, length),
    clear() {
      room = new Uint8Array(4096);
      length = 0;
    },
  };
}
