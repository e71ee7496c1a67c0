/** As much of a media track as a channel looks at. */
export interface FakeTrack {
  readonly kind: 'audio' | 'video';
  readonly track: MediaStreamTrack;
  readonly stopped: boolean;
}

export function createFakeTrack(kind: 'audio' | 'video', readyState: MediaStreamTrackState = 'live'): FakeTrack {
  const state = { kind, readyState, stop: () => void (state.readyState = 'ended') };
  return {
    kind,
    track: state as unknown as MediaStreamTrack, // no browser here; the members above are all that is touched
    get stopped() {
      return state.readyState === 'ended';
    },
  };
}
