interface KeyPress {
  readonly key: string;
  readonly code: string;
  readonly altKey: boolean;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly shiftKey: boolean;
}

/**
 * True when a key press is the one that a shortcut names.
 *
 * @param shortcut as `aria-keyshortcuts` has it, such as `Alt+Shift+V`. A letter is the key that bears it on an English keyboard: with Alt,
 * many systems type another sign.
 * @see https://www.w3.org/TR/wai-aria-1.2/#aria-keyshortcuts
 */
export function isShortcut(shortcut: string, press: KeyPress): boolean {
  const parts = shortcut.split('+').map((part) => part.trim().toLowerCase());
  const key = parts.at(-1) ?? '';
  const has = (modifier: string): boolean => parts.slice(0, -1).includes(modifier);
  const isKey = press.key.toLowerCase() === key || press.code.toLowerCase() === `key${key}` || press.code.toLowerCase() === `digit${key}`;
  return isKey && press.altKey === has('alt') && press.ctrlKey === has('control') && press.metaKey === has('meta') && press.shiftKey === has('shift');
}
