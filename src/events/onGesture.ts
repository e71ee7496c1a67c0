/** Acts of a person after which a browser lets sound and video play. Which of them count differs between browsers. */
const GESTURES = ['click', 'pointerup', 'keydown'];

/** Calls back at every gesture in the page; the returned function ends that. */
export function onGesture(listener: () => void): () => void {
  // In the capture phase: the page may keep its events from bubbling.
  for (const gesture of GESTURES) window.addEventListener(gesture, listener, { capture: true });
  return () => {
    for (const gesture of GESTURES) window.removeEventListener(gesture, listener, { capture: true });
  };
}
