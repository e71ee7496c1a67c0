import { expect, it } from 'vitest';
import type { MicrophoneGate } from '../../../src/audio/MicrophoneGate.js';
import { createMicrophoneUplink, type AudioSink } from '../../../src/session/createMicrophoneUplink.js';
import { createFakeMicrophone } from '../../../src/testing/createFakeMicrophone.js';

async function setUp() {
  const calls: string[] = [];
  const gate: MicrophoneGate & { takenSequence: number } = {
    takenSequence: -1,
    follow: (sequence, open) => void calls.push(`${sequence ?? '-'} ${open ? 'open' : 'shut'}`),
    hold: () => void calls.push('hold'),
  };
  const sink: AudioSink = { microphone: gate, sendAudio: () => NaN, flushAudio: () => void calls.push('flush') };
  const state = { connection: sink as AudioSink | null, isReconnecting: false, isSpeaking: false };
  const lostMs: number[] = [];
  const microphone = createFakeMicrophone();
  await microphone.start();
  const uplink = createMicrophoneUplink({
    microphone,
    connection: () => state.connection,
    isReconnecting: () => state.isReconnecting,
    isSpeaking: () => state.isSpeaking,
    onHoldChange: () => undefined,
    onLose: (ms) => lostMs.push(ms),
  });
  return { calls, gate, state, microphone, uplink, lostMs };
}

it('tells a connection that takes the microphone by itself of every frame, and sends it none', async () => {
  const { calls, state, microphone, uplink } = await setUp();
  microphone.say(new Int16Array(320));
  state.isSpeaking = true;
  microphone.say(new Int16Array(160));
  uplink.hold();
  expect(calls).toEqual(['0 open', '1 open', '2 shut', 'hold']);
});

it('shuts the microphone and has the last syllable sent when it is muted or stopped', async () => {
  const { calls, microphone } = await setUp();
  microphone.say(new Int16Array(160));
  microphone.setMuted(true);
  microphone.setMuted(false);
  microphone.say(new Int16Array(160));
  microphone.stop();
  expect(calls).toEqual(['0 open', '- shut', 'flush', '1 open', '- shut', 'flush']);
});

it('shuts a connection that lives while another part of the session is opened again', async () => {
  const { calls, state, microphone } = await setUp();
  microphone.say(new Int16Array(160));
  state.connection = null;
  microphone.say(new Int16Array(320));
  expect(calls).toEqual(['0 open', '- shut', '- shut']);
});

it('counts what nobody took while it reconnects, and nothing that was taken', async () => {
  const { gate, state, microphone, uplink, lostMs } = await setUp();
  microphone.say(new Int16Array(160));
  state.connection = null;
  state.isReconnecting = true;
  // The page is behind: the Worker had taken frames up to the fourth when it ended.
  gate.takenSequence = 4;
  microphone.say(new Int16Array(160 * 9));
  uplink.reportLosses();
  expect(lostMs).toEqual([50]);
});

it('counts frames that a busy page never got, exactly, and none of the time in which it was muted', async () => {
  const { state, microphone, uplink, lostMs } = await setUp();
  const sent: number[] = [];
  state.connection = { sendAudio: (samples) => (sent.push(samples.length), 0), flushAudio: () => undefined };
  const frame = { samples: new Int16Array(160), reference: new Int16Array(160), rms: 0, peak: 0 };
  microphone.emitFrame({ ...frame, sequence: 0 });
  // The audio thread keeps ten seconds; this page was away for longer.
  microphone.emitFrame({ ...frame, sequence: 301 });
  uplink.reportLosses();
  expect(lostMs).toEqual([3_000]);
  microphone.setMuted(true);
  microphone.setMuted(false);
  microphone.emitFrame({ ...frame, sequence: 900 });
  uplink.reportLosses();
  expect(lostMs).toEqual([3_000]);
  expect(sent).toHaveLength(3);
});

it('counts nothing where a track carries the microphone past the page', async () => {
  const { state, microphone, uplink, lostMs } = await setUp();
  state.connection = { hearsTrack: true, sendAudio: () => 0, flushAudio: () => undefined };
  const frame = { samples: new Int16Array(160), reference: new Int16Array(160), rms: 0, peak: 0 };
  microphone.emitFrame({ ...frame, sequence: 0 });
  microphone.emitFrame({ ...frame, sequence: 2_000 });
  uplink.reportLosses();
  expect(lostMs).toEqual([]);
});

it('leaves the gate shut when it stops', async () => {
  const { calls, microphone, uplink } = await setUp();
  microphone.say(new Int16Array(160));
  uplink.stop();
  expect(calls).toEqual(['0 open', '- shut']);
  expect(microphone.listenerCount).toBe(0);
});
