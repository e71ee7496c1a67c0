import 'visavis/styles.css';
import capture from 'visavis/worklets/mic-capture.js?url';
import playback from 'visavis/worklets/pcm-playback.js?url';
import detector from 'visavis/worklets/turn-detector.js?url';
import voice from 'visavis/worklets/voice-socket.js?url';
import { hydrate } from '../hydrate.mjs';

hydrate({ capture, playback, detector, voice });
