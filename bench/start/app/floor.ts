import { createLoopbackClient } from '../../../src/channel/loopback/createLoopbackClient.js';
import type { LoopbackEvents } from '../../../src/channel/loopback/LoopbackClient.js';
import type { Grant } from '../../../src/grant/grant.js';
import { parseGrant } from '../../../src/grant/parseGrant.js';
import { relaySubprotocols } from '../../../src/grant/relayProtocol.js';
import { createMessages } from '../../../src/services/akool-streaming/createMessages.js';

// What no client can go below: everything is loaded and granted before the click; microphone, room and relay are opened at once; and the
// words are there before the microphone is. No React, no session, no Worker.

const CHUNK_SAMPLES = 1024;
const CHUNK_MS = 64;

async function askForGrant(): Promise<Grant> {
  const response = await fetch('/api/avatar/session', { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ service: 'akool-streaming' }) });
  return parseGrant(await response.json());
}

/** The bench's own speech, Int16Array [samples], mono, 16 kHz. */
async function loadSpeech(): Promise<Int16Array> {
  return new Int16Array(await (await fetch('/speech.pcm')).arrayBuffer());
}

function enterRoom({ appId, channel, token, uid, url = '' }: NonNullable<Grant['channel']>, stage: HTMLElement): void {
  const client = createLoopbackClient(url);
  client.on('user-published', (...[user, media]: LoopbackEvents['user-published']) => {
    void client.subscribe(user, media).then(() => (media === 'video' ? user.videoTrack?.play(stage) : user.audioTrack?.play()));
  });
  void client.join(appId, channel, token, uid);
}

function openRelay({ url, ticket }: NonNullable<Grant['avatar']> & { url: string; ticket: string }, speech: Int16Array): void {
  const socket = new WebSocket(url, relaySubprotocols(ticket));
  const messages = createMessages();
  const send = (message: unknown) => socket.send(JSON.stringify(message));
  let at = 0;
  const speak = () => {
    send(messages.audio(speech.subarray(at, at + CHUNK_SAMPLES)));
    at = (at + CHUNK_SAMPLES) % (speech.length - CHUNK_SAMPLES);
  };
  socket.onmessage = ({ data }: MessageEvent<string>) => {
    const { pld } = JSON.parse(data) as { pld?: { status?: string } }; // the emulator's, as its protocol has it
    if (pld?.status === 'websocket_connected') send(messages.setParams({}));
    if (pld?.status === 'agora_connected') {
      speak();
      const timer = setInterval(speak, CHUNK_MS);
      socket.onclose = () => clearInterval(timer);
    }
  };
}

const [grant, speech] = await Promise.all([askForGrant(), loadSpeech()]);
const stage = document.getElementById('stage');
const button = document.querySelector('button');
if (button && stage) {
  button.onclick = () => {
    button.disabled = true;
    // It costs what it costs, and is not waited for. The page keeps it until it goes.
    void navigator.mediaDevices.getUserMedia({ audio: { channelCount: 1, echoCancellation: true, noiseSuppression: true, autoGainControl: true } });
    if (grant.channel) enterRoom(grant.channel, stage);
    if (grant.avatar && 'ticket' in grant.avatar) openRelay(grant.avatar, speech);
  };
  button.disabled = false;
}
