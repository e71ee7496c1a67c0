import { describe, expect, it } from 'vitest';
import { createPublisher } from '../../../src/channel/agora/createPublisher.js';
import { createDeferred } from '../../../src/clock/createDeferred.js';
import { createFakeTrack } from './support/createFakeTrack.js';
import { createScriptedClient, type ClientScript } from './support/createScriptedClient.js';
import { createScriptedEngine } from './support/createScriptedEngine.js';

const settle = () => new Promise((resolve) => setTimeout(resolve));

function setUp(script: ClientScript = {}, prepare: () => Promise<void> = async () => undefined) {
  const scripted = createScriptedClient(script);
  const { engine } = createScriptedEngine([scripted]);
  const publisher = createPublisher({ client: engine.createClient(), engine, prepare });
  return { ...scripted, publisher };
}

const refuse = (code: string, message: string): ClientScript => ({ publish: () => Promise.reject(Object.assign(new Error(message), { code })) });
const audio = () => createFakeTrack('audio').track;

describe('createPublisher', () => {
  it('takes a track out of the room before it closes it', async () => {
    const { publisher, calls } = setUp();
    await (await publisher.publish(audio()))();
    expect(calls).toEqual(['publish audio', 'unpublish audio', 'close audio']);
  });

  it('takes the old picture out before the new one comes: the SDK refuses two', async () => {
    const { publisher, calls } = setUp();
    await publisher.publish(createFakeTrack('video').track);
    await publisher.publish(createFakeTrack('video').track);
    expect(calls).toEqual(['publish video', 'unpublish video', 'close video', 'publish video']);
  });

  it('lets the SDK mix several sounds', async () => {
    const { publisher, published } = setUp();
    await publisher.publish(audio());
    await publisher.publish(audio());
    expect(published).toHaveLength(2);
  });

  it.each<[string, string, RegExp]>([
    ['UNEXPECTED_RESPONSE', 'ERR_PUBLISH_REQUEST_INVALID', /privilege to publish/],
    ['INVALID_OPERATION', 'audience can not publish stream', /privilege to publish/],
    ['INVALID_PARAMS', 'parameter is not local track', /another copy of the Agora SDK/],
    ['EXCHANGE_SDP_FAILED', 'no answer', /could not be published/],
  ])('explains %s: %s', async (code, text, message) => {
    const { publisher, calls } = setUp(refuse(code, text));
    await expect(publisher.publish(audio())).rejects.toMatchObject({ reason: 'channel-failed', message: expect.stringMatching(message) as string });
    expect(calls).toEqual(['close audio']);
  });

  it('explains a role that the channel does not give', async () => {
    const { publisher, calls } = setUp({}, () => Promise.reject(Object.assign(new Error('ERR_SET_CLIENT_ROLE_TIMEOUT'), { code: 'UNEXPECTED_RESPONSE', data: { code: 2018 } })));
    await expect(publisher.publish(audio())).rejects.toMatchObject({ reason: 'channel-failed', retryable: false });
    expect(calls).toEqual([]);
  });

  it('says that the connection is lost where that is why', async () => {
    const { publisher } = setUp(refuse('INVALID_OPERATION', "Can't publish stream, haven't joined yet!"));
    await expect(publisher.publish(audio())).rejects.toMatchObject({ reason: 'connection-lost' });
  });

  it('goes on after a track that was refused', async () => {
    const { publisher, published } = setUp();
    await expect(publisher.publish(createFakeTrack('audio', 'ended').track)).rejects.toMatchObject({ reason: 'channel-failed', retryable: false });
    await publisher.publish(audio());
    expect(published).toHaveLength(1);
  });

  it('does not wait for a publication that never ends once the room is left', async () => {
    const never = createDeferred<undefined>();
    const { publisher, calls } = setUp({ publish: () => never.promise });
    const results = Promise.allSettled([publisher.publish(audio()), publisher.publish(audio())]);
    await settle();
    publisher.close();
    publisher.release();
    expect(await results).toMatchObject([{ reason: { reason: 'connection-lost' } }, { reason: { reason: 'connection-lost' } }]);
    never.resolve(undefined);
    await settle();
    expect(calls).toEqual(['close audio']);
  });
});
