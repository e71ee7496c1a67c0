import { akoolStreaming, createAvatarSession } from 'visavis/client';

const session = createAvatarSession({
  grant: document.documentElement.dataset.grant,
  avatar: akoolStreaming({ workerUrl: import.meta.resolve('visavis/worklets/voice-socket.js') }),
  microphone: { workletUrl: import.meta.resolve('visavis/worklets/mic-capture.js') },
  playback: { workletUrl: import.meta.resolve('visavis/worklets/pcm-playback.js') },
  turnTaking: { workerUrl: import.meta.resolve('visavis/worklets/turn-detector.js') },
});
const stage = document.getElementById('stage');
let shown = null;
let takeOut = () => undefined;

session.subscribe(() => {
  const { status, video } = session.getSnapshot();
  stage.dataset.state = status;
  if (video === shown) return;
  shown = video;
  takeOut();
  takeOut = video?.attach(stage) ?? (() => undefined);
});
document.getElementById('start').onclick = () => session.start();
