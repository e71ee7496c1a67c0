import type { CSSProperties } from 'react';

type Props = Readonly<Record<string, unknown>>;

/**
 * Lays `outer` over `inner` in the manner that a component and its user expect: classes add up, styles merge, and both
 * event handlers run, the user's first. A handler that calls `preventDefault()` keeps the built-in one from running.
 *
 * @param inner what the component brings.
 * @param outer what the user gives; wins where both name the same prop.
 */
export function mergeProps(inner: Props, outer: Props): Record<string, unknown> {
  const merged: Record<string, unknown> = { ...inner, ...outer };
  for (const [name, ours] of Object.entries(inner)) {
    const theirs = outer[name];
    if (theirs === undefined) merged[name] = ours;
    else if (name === 'className') merged[name] = [ours, theirs].filter(Boolean).join(' ');
    // `style` is a CSSProperties wherever React takes a prop of this name.
    else if (name === 'style') merged[name] = { ...(ours as CSSProperties), ...(theirs as CSSProperties) };
    else if (/^on[A-Z]/.test(name) && isHandler(ours) && isHandler(theirs)) merged[name] = chain(theirs, ours);
  }
  return merged;
}

type Handler = (event: unknown) => void;

/** React calls whatever function stands in an `on...` prop with an event. */
function isHandler(value: unknown): value is Handler {
  return typeof value === 'function';
}

function chain(first: Handler, second: Handler): Handler {
  return (event) => {
    first(event);
    const prevented = typeof event === 'object' && event !== null && 'defaultPrevented' in event && event.defaultPrevented === true;
    if (!prevented) second(event);
  };
}
