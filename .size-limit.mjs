import { staticClosure } from './scripts/staticClosure.mjs';

/** What a page downloads of visavis itself, before minification; its dependencies are not in these numbers. */
const entry = (name, limit) => ({
  name: `visavis${name === 'index' ? '' : `/${name}`}`,
  path: staticClosure(`dist/${name}.js`).files,
  limit,
  gzip: true,
});

export default [
  entry('index', '40 kB'),
  entry('client', '30 kB'),
  entry('agora', '10 kB'),
  { name: 'visavis/styles.css', path: 'dist/styles.css', limit: '8 kB', gzip: true },
  { name: 'visavis/worklets/mic-capture.js', path: 'dist/worklets/mic-capture.js', limit: '4 kB', gzip: true },
  { name: 'visavis/worklets/pcm-playback.js', path: 'dist/worklets/pcm-playback.js', limit: '5 kB', gzip: true },
];
