import { isAbort } from '../../errors/abort.js';
import { createStore, type Store } from '../../store/createStore.js';

/** Which sample plays. */
export interface SoundPreviewState {
  /** The one that was last asked for; null when there is none. */
  readonly id: string | null;
  readonly status: 'idle' | 'loading' | 'playing' | 'failed';
}

/** Plays samples, one at a time. */
export interface SoundPreview extends Pick<Store<SoundPreviewState>, 'get' | 'subscribe'> {
  /** Plays a sample in place of the one before, or ends it if it is this one. */
  toggle(id: string, url: string): void;
  stop(): void;
}

export const noPreview: SoundPreviewState = { id: null, status: 'idle' };

/** Makes a {@link SoundPreview}. Loads nothing before it is asked to play. */
export function createSoundPreview(): SoundPreview {
  const store = createStore(noPreview);
  let audio: HTMLAudioElement | null = null;

  function release(next: SoundPreviewState): void {
    audio?.pause();
    // Ends the download too.
    audio?.removeAttribute('src');
    audio = null;
    store.set(next);
  }

  return {
    get: store.get,
    subscribe: store.subscribe,
    stop: () => release(noPreview),
    toggle(id, url) {
      const isRunning = audio !== null && store.get().id === id;
      release(noPreview);
      if (isRunning) return;
      const element = new Audio(url);
      const whenCurrent = (act: () => void) => (): void => {
        if (audio === element) act();
      };
      const fail = whenCurrent(() => release({ id, status: 'failed' }));
      audio = element;
      element.addEventListener('ended', whenCurrent(() => release(noPreview)));
      element.addEventListener('error', fail);
      store.set({ id, status: 'loading' });
      element.play().then(
        whenCurrent(() => store.set({ id, status: 'playing' })),
        (cause: unknown) => {
          if (!isAbort(cause)) fail();
        },
      );
    },
  };
}
