import type { KeyboardEvent } from 'react';

/**
 * Makes the up and down arrows go by rows where radio buttons are laid out in several columns; a browser takes the next and the one
 * before. A list of one column, and the other arrows, are left to the browser.
 */
export function moveByRow(event: KeyboardEvent<HTMLInputElement>): void {
  if ((event.key !== 'ArrowUp' && event.key !== 'ArrowDown') || event.defaultPrevented) return;
  const current = event.currentTarget;
  const group = current.closest('[role="radiogroup"]');
  if (group === null) return;
  const places = [...group.querySelectorAll<HTMLInputElement>('input[type="radio"]:enabled')].map((radio) => ({ radio, box: (radio.labels?.[0] ?? radio).getBoundingClientRect() }));
  const from = places.find(({ radio }) => radio === current);
  if (from === undefined || places.every(({ box }) => Math.abs(box.left - from.box.left) < 1)) return;

  event.preventDefault();
  const isDown = event.key === 'ArrowDown';
  const ahead = places.filter(({ box }) => (isDown ? box.top >= from.box.bottom - 1 : box.bottom <= from.box.top + 1));
  const [to] = ahead.sort((one, other) => {
    const rows = isDown ? one.box.top - other.box.top : other.box.top - one.box.top;
    // Cards of one row may differ by a fraction of a pixel.
    return Math.abs(rows) > 1 ? rows : Math.abs(one.box.left - from.box.left) - Math.abs(other.box.left - from.box.left);
  });
  to?.radio.focus();
  to?.radio.click();
}
