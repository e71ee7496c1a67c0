/** Several tracks as one: a room's member sends one sound, as with Agora's SDK. */
export interface AudioMix {
  /** What is sent: the one track itself, or the mix of several. Null for none. */
  update(tracks: readonly MediaStreamTrack[]): MediaStreamTrack | null;
  close(): void;
}

/** Makes a mix of nothing. It costs an AudioContext only while there is something to be mixed. */
export function createAudioMix(): AudioMix {
  let context: AudioContext | null = null;

  function close(): void {
    // Never rejects for one that is open, and nobody waits for it.
    void context?.close();
    context = null;
  }

  return {
    close,
    update(tracks) {
      close();
      if (tracks.length <= 1) return tracks[0] ?? null;
      context = new AudioContext();
      const destination = new MediaStreamAudioDestinationNode(context);
      for (const track of tracks) {
        new MediaStreamAudioSourceNode(context, { mediaStream: new MediaStream([track]) }).connect(destination);
      }
      return destination.stream.getAudioTracks()[0] ?? null;
    },
  };
}
