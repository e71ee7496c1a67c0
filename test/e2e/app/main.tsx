import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { Avatar } from 'visavis';
import 'visavis/styles.css';
import { createAvatarSession, createPlayback, type AvatarError } from 'visavis/client';
import { watchDevices } from './devices.js';
import { createProbe } from './probe.js';
import { wiringOf } from './wiring.js';

// The page as an application would write it. What a test varies comes in the query.
const query = new URLSearchParams(location.search);
const isStrict = location.pathname.startsWith('/strict/');
watchDevices();
const playback = createPlayback(isStrict ? { workletUrl: '/worklets/pcm-playback.js' } : {});
const session = createAvatarSession({
  grant: query.get('grant') ?? '/api/avatar',
  input: query.get('input') === 'none' ? 'none' : 'microphone',
  maxRetryAttempts: Number(query.get('attempts') ?? 6),
  ...wiringOf(query, playback, isStrict && !query.has('refused') ? '/worklets/voice-socket.js' : undefined),
  ...(isStrict && { turnTaking: { workerUrl: '/worklets/turn-detector.js' } }),
  // They would reshape the recording that the test compares.
  microphone: { echoCancellation: false, noiseSuppression: false, autoGainControl: false, ...(isStrict && { workletUrl: '/worklets/mic-capture.js' }) },
});
const errors: AvatarError[] = [];
session.on('error', ({ error }) => errors.push(error));
Object.assign(window, { probe: createProbe(session, errors, playback) });

// A page that is busy: 80 ms of work in every 180.
if (query.has('blocked')) {
  setInterval(() => {
    const untilMs = performance.now() + 80;
    while (performance.now() < untilMs);
  }, 180);
}

// Without a click, as a page that begins by itself: the browser then holds the sound back.
if (query.has('autostart')) session.start().catch(() => undefined); // the state shows it

const root = document.getElementById('root');
if (root) {
  createRoot(root).render(
    <StrictMode>{query.has('plain') ? <Avatar grant="/api/avatar" /> : <Avatar session={session} />}</StrictMode>,
  );
}
