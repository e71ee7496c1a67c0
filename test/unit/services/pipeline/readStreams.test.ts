import { describe, expect, it } from 'vitest';
import { readPcmStream } from '../../../../src/services/pipeline/readPcmStream.js';
import { readTextStream } from '../../../../src/services/pipeline/readTextStream.js';

/** A body in portions; `cancelled` tells whether its reader gave it up. */
function createBody(portions: readonly Uint8Array[], endless = false) {
  const left = [...portions];
  const body = {
    cancelled: false,
    stream: new ReadableStream<Uint8Array>({
      pull(controller) {
        const portion = left.shift();
        if (portion) controller.enqueue(portion);
        else if (!endless) controller.close();
      },
      cancel() {
        body.cancelled = true;
      },
    }),
  };
  return body;
}

const encode = (text: string) => new TextEncoder().encode(text);
/** Every way of cutting bytes once, and all of them into single bytes. */
const portionings = (bytes: Uint8Array) => [
  ...Array.from({ length: bytes.length + 1 }, (_, at) => [bytes.slice(0, at), bytes.slice(at)]),
  [...bytes].map((byte) => Uint8Array.of(byte)),
];
async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}

describe('readTextStream', () => {
  it('decodes characters that are cut between chunks', async () => {
    const text = 'Grüße, 你好 👨‍👩‍👧!';
    for (const portions of portionings(encode(text))) expect((await collect(readTextStream(createBody(portions).stream))).join('')).toBe(text);
  });

  it('gives the data of an event stream, wherever it is cut and however its lines end', async () => {
    const events = (end: string) =>
      [': comment', 'event: x', 'data: Hel', '', 'data:lo ', 'id: 1', '', 'data: two', 'data: lines', '', '', 'data', '', 'data:  ü', '', 'data: [DONE]', '', 'data: never', '', ''].join(end);
    for (const end of ['\n', '\r\n', '\r']) {
      for (const portions of portionings(encode(events(end)))) {
        const response = new Response(createBody(portions).stream, { headers: { 'content-type': 'text/event-stream; charset=utf-8' } });
        expect(await collect(readTextStream(response))).toEqual(['Hel', 'lo ', 'two\nlines', ' ü']);
      }
    }
  });

  it('takes bytes without a response for what they are said to be', async () => {
    const bytes = [encode('data: x\n\n')];
    expect(await collect(readTextStream(createBody(bytes).stream))).toEqual(['data: x\n\n']);
    expect(await collect(readTextStream(createBody(bytes).stream, 'text/event-stream'))).toEqual(['x']);
  });

  it('gives nothing for an empty response', async () => {
    expect(await collect(readTextStream(new Response(null)))).toEqual([]);
  });

  it('rejects when the server answers with a failure, and says whether to try again', async () => {
    for (const [status, retryable] of [[500, true], [429, true], [401, false]] as const) {
      const reading = collect(readTextStream(new Response('secret details', { status })));
      await expect(reading).rejects.toMatchObject({ reason: 'pipeline-failed', retryable, context: { status }, message: expect.not.stringContaining('secret') });
    }
  });

  it('gives up the download when its reader leaves', async () => {
    const body = createBody([encode('one'), encode('two')], true);
    for await (const text of readTextStream(body.stream)) {
      expect(text).toBe('one');
      break;
    }
    expect(body.cancelled).toBe(true);
  });
});

describe('readPcmStream', () => {
  it('reads little-endian samples that are cut between chunks', async () => {
    const samples = [0, 1, -1, 32767, -32768, 258];
    const bytes = Uint8Array.of(0, 0, 1, 0, 255, 255, 255, 127, 0, 128, 2, 1);
    for (const portions of portionings(bytes)) {
      const read = await collect(readPcmStream(createBody(portions).stream));
      expect(read.flatMap((part) => [...part])).toEqual(samples);
    }
  });

  it('reads a view into a larger buffer at an odd offset', async () => {
    const view = Uint8Array.of(9, 1, 0, 2, 0, 9).subarray(1, 5);
    expect((await collect(readPcmStream(createBody([view]).stream))).flatMap((part) => [...part])).toEqual([1, 2]);
  });

  it('rejects when the server answers with a failure', async () => {
    await expect(collect(readPcmStream(new Response(null, { status: 404 })))).rejects.toMatchObject({ reason: 'pipeline-failed', retryable: false });
  });
});
