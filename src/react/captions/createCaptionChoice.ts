import { createStore, type Store } from '../../store/createStore.js';

/** Whether the user wants captions; `null` leaves it to the sound. */
export type CaptionChoice = Store<boolean | null>;

/** Where a choice is kept unless the application names another key. */
const DEFAULT_KEY = 'visavis.captions';
const ON = 'on';

/**
 * Remembers that captions are wanted, where the browser lets it. That they are not holds for this page only: at the next visit whoever
 * has no sound gets them again.
 *
 * @param remember false: for this page only; a string: the key in `localStorage`.
 */
export function createCaptionChoice(remember: boolean | string): CaptionChoice {
  const key = remember === false ? null : remember === true ? DEFAULT_KEY : remember;
  const store = createStore<boolean | null>(recalls(key) ? true : null);
  return {
    ...store,
    set(wanted) {
      store.set(wanted);
      if (key === null) return;
      try {
        if (wanted === true) localStorage.setItem(key, ON);
        else localStorage.removeItem(key);
      } catch {
        // A page without storage, or with a full one, forgets.
      }
    },
  };
}

function recalls(key: string | null): boolean {
  if (key === null || typeof window === 'undefined') return false;
  try {
    return localStorage.getItem(key) === ON;
  } catch {
    // The browser keeps storage from this page.
    return false;
  }
}
