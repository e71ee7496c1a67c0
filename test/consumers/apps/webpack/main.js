import 'visavis/styles.css';
import { hydrate } from '../hydrate.mjs';

hydrate({
  capture: new URL('visavis/worklets/mic-capture.js', import.meta.url),
  playback: new URL('visavis/worklets/pcm-playback.js', import.meta.url),
  detector: new URL('visavis/worklets/turn-detector.js', import.meta.url),
  voice: new URL('visavis/worklets/voice-socket.js', import.meta.url),
});
