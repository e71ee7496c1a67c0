import { staticClosure } from './scripts/staticClosure.mjs';

/**
 * An entry with everything in it, before minification and tree shaking; its dependencies are not in these numbers.
 * An application that uses one service downloads a part of it.
 */
const entry = (name, limit) => ({
  name: `visavis${name === 'index' ? '' : `/${name}`}`,
  path: staticClosure(`dist/${name}.js`).files,
  limit,
  gzip: true,
});

export default [
  entry('index', '120 kB'),
  entry('client', '160 kB'),
  entry('agora', '20 kB'),
  entry('query', '16 kB'),
  entry('labels', '9 kB'),
  entry('labels/ar', '6 kB'),
  { name: 'visavis/styles.css', path: 'dist/styles.css', limit: '9 kB', gzip: true },
  { name: 'visavis/worklets/mic-capture.js', path: 'dist/worklets/mic-capture.js', limit: '6 kB', gzip: true },
  { name: 'visavis/worklets/turn-detector.js', path: 'dist/worklets/turn-detector.js', limit: '18 kB', gzip: true },
  { name: 'visavis/worklets/voice-socket.js', path: 'dist/worklets/voice-socket.js', limit: '6 kB', gzip: true },
  { name: 'visavis/worklets/pcm-playback.js', path: 'dist/worklets/pcm-playback.js', limit: '6 kB', gzip: true },
];
