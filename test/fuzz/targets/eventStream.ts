import { createEventStreamReader } from '../../../src/services/pipeline/createEventStreamReader.js';
import { readTextStream } from '../../../src/services/pipeline/readTextStream.js';
import { expectThat, orLaterRefusal, orRefusal, type FuzzTarget } from '../FuzzTarget.js';
import { mutateBytes } from '../mutators/mutateBytes.js';
import { streamOf } from '../streamOf.js';

const SEEDS = ['data: Hello\n\ndata: dear\r\ndata: friend\r\n\r\n: comment\nevent: x\nid: 1\n\ndata: [DONE]\n\n', 'data:é€😀\r\rdata\n\n'].map((text) => new TextEncoder().encode(text));

/** Streams of events and of text: how they are cut makes no difference. */
export const eventStream: FuzzTarget = {
  share: 3,
  async fuzz(random) {
    const bytes = mutateBytes(random, SEEDS);
    const text = new TextDecoder().decode(bytes);
    const atOnce = orRefusal(['pipeline-failed'], text, () => createEventStreamReader()(text)) ?? [];
    const read = createEventStreamReader();
    const oneByOne = orRefusal(['pipeline-failed'], text, () => [...text].flatMap((character) => read(character))) ?? [];
    expectThat(JSON.stringify(atOnce) === JSON.stringify(oneByOne), 'It matters where events are cut', text);
    if (!random.chance(0.2)) return { input: bytes.length, output: atOnce.join('').length };
    const isEvents = random.chance(0.5);
    const parts = await orLaterRefusal(['pipeline-failed'], text, async () => {
      const got: string[] = [];
      for await (const part of readTextStream(streamOf(random, bytes), isEvents ? 'text/event-stream' : 'text/plain')) got.push(part);
      return got;
    });
    const done = atOnce.indexOf('[DONE]');
    const wanted = isEvents ? (done < 0 ? atOnce : atOnce.slice(0, done)).filter((part) => part !== '') : [text];
    expectThat(parts?.join('') === wanted.join(''), 'It matters where a stream is cut', text);
    return { input: bytes.length, output: text.length };
  },
};
