import { describe, expect, it } from 'vitest';
import { readRoomMessage } from '../../../src/channel/loopback/readRoomMessage.js';
import { createAnswers } from '../../../src/services/akool-live/createAnswers.js';
import { createReassembler, type LiveText } from '../../../src/services/akool-live/createReassembler.js';
import { parseLiveMessage } from '../../../src/services/akool-live/parseLiveMessage.js';
import { parseServerMessage } from '../../../src/services/akool-streaming/parseServerMessage.js';
import { decodeFrame } from '../../../src/services/dve/codec/decodeFrame.js';
import { encodeFrame } from '../../../src/services/dve/codec/encodeFrame.js';
import { createEventStreamReader } from '../../../src/services/pipeline/createEventStreamReader.js';
import { createManualClock } from '../../../src/testing/createManualClock.js';

describe('a message that is made to do harm', () => {
  it('names a code that is no number, and is read all the same', () => {
    const evil = '{"toString":1,"valueOf":1}';
    expect(parseServerMessage(`{"type":"error","mid":"m","pld":{"error_code":${evil},"error_message":"no"}}`).known).toEqual({ v: 2, type: 'error', mid: 'm', pld: { error_message: 'no' } });
    expect(parseServerMessage('{"type":"error","pld":{"error_code":"4003"}}').known).toMatchObject({ pld: { error_code: 4003 } });
    expect(parseLiveMessage(`{"v":2,"type":"command","mid":"m","pld":{"cmd":"set-params","code":${evil}}}`).known).toMatchObject({ type: 'ack', code: Number.NaN });
    expect(parseLiveMessage('{"v":2,"type":"command","mid":"m","pld":{"cmd":"set-params","code":"1000"}}').known).toMatchObject({ code: 1000 });
  });

  it('never ends, and is taken for whole at some point', () => {
    const texts: LiveText[] = [];
    const clock = createManualClock();
    const reassembler = createReassembler({ clock, onText: (text) => texts.push(text) });
    for (let idx = 0; idx < 1_030; idx++) reassembler.push({ type: 'chat', mid: 'm', idx, fin: false, from: 'bot', text: 'x' });
    expect(texts.filter(({ final }) => final)).toEqual([{ mid: 'm', from: 'bot', text: 'x'.repeat(1_024), final: true }]);
    reassembler.close();

    const answers: LiveText[] = [];
    const room = createAnswers(clock, (text) => answers.push(text));
    for (let part = 0; part < 3; part++) room.push({ messageId: 'm', answer: 'y'.repeat(65_536) });
    expect(answers.map(({ text, final }) => [text.length, final])).toEqual([[65_536, false], [65_536, true], [65_536, false], [65_536, true], [65_536, false]]);
    room.drop();
  });

  it('never ends, in a stream of events', () => {
    const read = createEventStreamReader();
    const line = 'z'.repeat(300_000);
    expect(() => {
      for (let piece = 0; piece < 4; piece++) read(piece === 0 ? `data: ${line}` : line);
    }).toThrow(expect.objectContaining({ reason: 'pipeline-failed' }));
    expect(createEventStreamReader()(`data: ${line}\n\ndata: ${line}\n\ndata: ${line}\n\ndata: ${line}\n\n`)).toHaveLength(4);
  });

  it.each(['', 'no JSON', '[]', '{"type":"nobody"}', '{"type":"message","uid":1,"payload":"%"}', '{"type":"done"}', '{"type":"offer","offer":1,"sdp":"","sections":{"0":null}}'])('is none of a room: %s', (text) => {
    expect(readRoomMessage(text)).toBeNull();
  });
});

describe('half of a character pair', () => {
  it('reaches the voice service as the sign for what cannot be shown', () => {
    expect(decodeFrame(encodeFrame({ kind: 'text', text: 'a\ud800b' }))).toMatchObject({ kind: 'text', text: 'a\ufffdb' });
    expect(decodeFrame(encodeFrame({ kind: 'text', text: 'a😀b' }))).toMatchObject({ text: 'a😀b' });
  });
});
