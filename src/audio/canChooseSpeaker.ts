/** Whether this browser lets a page choose where its sound is played. Safari on phones leaves it to the system. */
export function canChooseSpeaker(): boolean {
  return typeof HTMLMediaElement === 'function' && 'setSinkId' in HTMLMediaElement.prototype;
}
