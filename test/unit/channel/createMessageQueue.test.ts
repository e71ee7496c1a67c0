// Source: agora-rtc-react 2.5.1, `sendStreamMessage` and `handleDataStream` of the SDK 4.24.2 in it.
import { describe, expect, it } from 'vitest';
import { createDeferred } from '../../../src/clock/createDeferred.js';
import { createMessageQueue } from '../../../src/channel/agora/createMessageQueue.js';

const encode = (text: string) => new TextEncoder().encode(text);
const settle = () => new Promise((resolve) => setTimeout(resolve));

function setUp(answer: () => Promise<unknown> = async () => undefined) {
  const sent: string[] = [];
  const queue = createMessageQueue(
    {
      sendStreamMessage(payload) {
        sent.push(new TextDecoder().decode(payload));
        return answer();
      },
    },
    async () => undefined,
  );
  return { queue, sent };
}

describe('createMessageQueue', () => {
  it('has one request under way at a time', async () => {
    const first = createDeferred();
    const answers = [first.promise, Promise.resolve()];
    const { queue, sent } = setUp(() => answers.shift() ?? Promise.resolve());
    const done = [queue.send(encode('a')), queue.send(encode('b'))];
    await settle();
    expect(sent).toEqual(['a']);
    first.resolve();
    await Promise.all(done);
    expect(sent).toEqual(['a', 'b']);
  });

  it('goes on after a message that was refused', async () => {
    const answers = [Promise.reject(Object.assign(new Error('out of range'), { code: 'INVALID_PARAMS' })), Promise.resolve()];
    const { queue, sent } = setUp(() => answers.shift() ?? Promise.resolve());
    const [first, second] = [queue.send(encode('a')), queue.send(encode('b'))];
    await expect(first).rejects.toMatchObject({ reason: 'message-too-large' });
    await second;
    expect(sent).toEqual(['a', 'b']);
  });

  it('waits while the SDK reconnects, and sends in the old order afterwards', async () => {
    const { queue, sent } = setUp();
    queue.onState('RECONNECTING');
    const done = Promise.all(['a', 'b', 'c'].map((text) => queue.send(encode(text))));
    await settle();
    expect(sent).toEqual([]);
    queue.onState('CONNECTED');
    await done;
    expect(sent).toEqual(['a', 'b', 'c']);
  });

  it('lets 256 messages wait, and refuses the next', async () => {
    const { queue, sent } = setUp();
    queue.onState('RECONNECTING');
    const waiting = Array.from({ length: 256 }, (_, index) => queue.send(encode(String(index))));
    await expect(queue.send(encode('one more'))).rejects.toMatchObject({ reason: 'rate-limited', retryable: true });
    queue.onState('CONNECTED');
    await Promise.all(waiting);
    expect(sent).toHaveLength(256);
  });

  it('rejects what waits and what was never answered when the room is left', async () => {
    const { queue, sent } = setUp(() => new Promise(() => undefined));
    const results = Promise.allSettled([queue.send(encode('a')), queue.send(encode('b'))]);
    await settle();
    queue.close();
    expect(await results).toMatchObject([{ reason: { reason: 'connection-lost' } }, { reason: { reason: 'connection-lost' } }]);
    expect(sent).toEqual(['a']);
  });

  it('sends what was in the buffer when it was given', async () => {
    const { queue, sent } = setUp();
    queue.onState('RECONNECTING');
    const buffer = encode('before');
    const done = queue.send(buffer);
    buffer.fill(120);
    queue.onState('CONNECTED');
    await done;
    expect(sent).toEqual(['before']);
  });

  it.each(['{"_type":"chat","id":1}', '{"total":3}', '[{"id":1,"total":2}]', 'null', '"_type"', '{"v":{"id":1,"total":2}}', '{"id":1,"total":2'])(
    'sends %s, which the SDK passes on',
    async (text) => {
      const { queue, sent } = setUp();
      await queue.send(encode(text));
      expect(sent).toEqual([text]);
    },
  );
});
