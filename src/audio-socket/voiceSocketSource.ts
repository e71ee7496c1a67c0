import source from '../../worklets/voice-socket.ts?worklet';

/** Everything that the Worker of a voice socket runs. */
export const voiceSocketSource = source;
