import { act, cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { StrictMode } from 'react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { AvatarWidget, defaultLabels, type AvatarWidgetOwnProps } from '../../src/index.js';
import { boxInCorner, cornerByKey, nearestCorner, type WidgetCorner } from '../../src/react/widget/corner.js';
import { createScriptedSession } from '../../src/testing/createScriptedSession.js';

beforeEach(() => localStorage.clear());
afterEach(cleanup);

function setUp(props: AvatarWidgetOwnProps = {}) {
  const session = createScriptedSession({ state: { status: 'live' } });
  const view = render(
    <StrictMode>
      <input aria-label="page" />
      <AvatarWidget session={session} {...props} />
    </StrictMode>,
  );
  const root = view.container.querySelector<HTMLElement>('[data-slot="avatar-widget"]');
  if (!root) throw new Error('There is no widget.');
  return { session, root, ...view, bubble: () => screen.getByRole('button', { name: new RegExp(defaultLabels.widgetOpen) }), panel: () => screen.queryByRole('dialog', { name: defaultLabels.widget }) };
}

/** happy-dom has no layout: a box where its corner puts it, in a window of 1,024 by 768. */
function giveLayout(root: HTMLElement, { width, height }: { readonly width: number; readonly height: number }): void {
  vi.spyOn(root, 'getBoundingClientRect').mockImplementation(() => {
    const corner = root.dataset['corner'] ?? '';
    const left = corner.endsWith('-start') ? 16 : window.innerWidth - 16 - width;
    const top = corner.startsWith('start') ? 16 : window.innerHeight - 16 - height;
    return new DOMRect(left, top, width, height);
  });
}

describe('AvatarWidget', () => {
  it('opens and minimises, and hands the focus from one to the other', async () => {
    const { bubble, panel, root } = setUp();
    expect(panel()).toBeNull();
    bubble().focus();
    await userEvent.keyboard('{Enter}');
    expect(panel()).toBe(document.activeElement);
    expect(root.getAttribute('data-state')).toBe('open');

    screen.getByRole('button', { name: defaultLabels.widgetMinimize }).focus();
    await userEvent.keyboard('{Enter}');
    expect(panel()).toBeNull();
    expect(document.activeElement).toBe(bubble());
  });

  it('is minimised by Escape, from anywhere in it', async () => {
    const { panel, bubble } = setUp({ defaultOpen: true });
    screen.getByRole('button', { name: defaultLabels.end }).focus();
    await userEvent.keyboard('{Escape}');

    expect(panel()).toBeNull();
    expect(document.activeElement).toBe(bubble());
  });

  it('takes the focus from nobody when the application opens it', () => {
    const session = createScriptedSession();
    const ui = (open: boolean) => (
      <>
        <input aria-label="page" />
        <AvatarWidget session={session} open={open} />
      </>
    );
    const { rerender } = render(ui(false));
    screen.getByLabelText('page').focus();
    rerender(ui(true));

    expect(document.activeElement).toBe(screen.getByLabelText('page'));
  });

  it('goes on with the conversation while it is minimised, and shows who speaks', async () => {
    const { session, bubble } = setUp({ defaultOpen: true });
    await userEvent.click(screen.getByRole('button', { name: defaultLabels.widgetMinimize }));
    act(() => session.emitSpeechLevel(0.2));

    expect(bubble().textContent).toContain(defaultLabels.widgetSpeaking);
    expect(session.getSnapshot().status).toBe('live');
    expect(session.calls).toEqual([]);
  });

  it('is moved with the arrow keys or by clicks, and remembers where to', async () => {
    const onCornerChange = vi.fn();
    const { root, unmount } = setUp({ defaultOpen: true, onCornerChange });
    const move = screen.getByRole('button', { name: defaultLabels.widgetMove });
    expect(root.dataset['corner']).toBe('end-end');
    move.focus();
    await userEvent.keyboard('{ArrowUp}');
    expect(root.dataset['corner']).toBe('start-end');
    await userEvent.keyboard('{ArrowLeft}');
    expect(root.dataset['corner']).toBe('start-start');
    await userEvent.click(move);
    expect(onCornerChange.mock.calls.map(([corner]) => corner as WidgetCorner)).toEqual(['start-end', 'start-start', 'end-end']);
    await userEvent.keyboard('{ArrowLeft}');
    unmount();

    expect(setUp().root.dataset['corner']).toBe('end-start');
  });

  it('remembers nothing where it is told not to, and believes no nonsense', () => {
    localStorage.setItem('visavis-widget', 'nowhere');
    expect(setUp().root.dataset['corner']).toBe('end-end');
    cleanup();
    localStorage.setItem('visavis-widget', 'start-start');

    expect(setUp({ storageKey: null, defaultCorner: 'end-start' }).root.dataset['corner']).toBe('end-start');
  });

  it('follows the pointer, and rests in the corner nearest to where it is let go, without opening', async () => {
    const { root, bubble, panel } = setUp();
    giveLayout(root, { width: 60, height: 60 });
    fireEvent.pointerDown(bubble(), { button: 0, pointerId: 7, clientX: 980, clientY: 720 });
    fireEvent.pointerMove(document, { pointerId: 7, clientX: 400, clientY: 300 });
    expect(root.style.translate).toBe('-580px -420px');
    vi.mocked(root.getBoundingClientRect).mockReturnValueOnce(new DOMRect(370, 270, 60, 60));
    fireEvent.pointerUp(document, { pointerId: 7 });
    fireEvent.click(bubble(), { detail: 1 });

    expect(panel()).toBeNull();
    expect(root.dataset['corner']).toBe('start-start');
    await waitFor(() => expect(root.style.translate).toBe(''));
  });

  it('opens when a hand shakes', async () => {
    const { bubble, panel } = setUp();
    fireEvent.pointerDown(bubble(), { button: 0, pointerId: 7, clientX: 980, clientY: 720 });
    fireEvent.pointerMove(document, { pointerId: 7, clientX: 982, clientY: 719 });
    fireEvent.pointerUp(document, { pointerId: 7 });
    fireEvent.click(bubble(), { detail: 1 });

    await waitFor(() => expect(panel()).not.toBeNull());
  });

  it('gives way to what the page has the focus on, and comes back afterwards', async () => {
    const { root } = setUp({ defaultOpen: true });
    giveLayout(root, { width: 352, height: 420 });
    const field = screen.getByLabelText('page');
    const place = vi.spyOn(field, 'getBoundingClientRect').mockReturnValue(new DOMRect(700, 500, 200, 40));
    field.focus();
    await waitFor(() => expect(root.dataset['corner']).toBe('end-start'));
    expect(localStorage.getItem('visavis-widget')).toBeNull();

    place.mockReturnValue(new DOMRect(400, 10, 100, 40));
    field.blur();
    field.focus();
    await waitFor(() => expect(root.dataset['corner']).toBe('end-end'));
  });

  it('is minimised where it would be in the way in every corner', async () => {
    const { root, panel } = setUp({ defaultOpen: true });
    giveLayout(root, { width: 700, height: 500 });
    const field = screen.getByLabelText('page');
    vi.spyOn(field, 'getBoundingClientRect').mockReturnValue(new DOMRect(400, 350, 200, 40));
    field.focus();

    await waitFor(() => expect(panel()).toBeNull());
  });

  it('leaves nothing behind', () => {
    const { session, root, bubble, unmount } = setUp();
    giveLayout(root, { width: 60, height: 60 });
    fireEvent.pointerDown(bubble(), { button: 0, pointerId: 7, clientX: 980, clientY: 720 });
    unmount();
    fireEvent.pointerMove(document, { pointerId: 7, clientX: 400, clientY: 300 });

    expect(root.style.translate).toBe('');
    expect(session.speechListenerCount).toBe(0);
  });
});

describe('corners', () => {
  const viewport = { width: 1000, height: 800 };

  it('change sides with the direction of writing', () => {
    const box = { left: 0, top: 0, right: 100, bottom: 100 };
    expect(nearestCorner(box, viewport, false)).toBe('start-start');
    expect(nearestCorner(box, viewport, true)).toBe('start-end');
    expect(cornerByKey('end-end', 'ArrowLeft', false)).toBe('end-start');
    expect(cornerByKey('end-end', 'ArrowLeft', true)).toBe('end-end');
    expect(cornerByKey('end-end', 'a', true)).toBeNull();
  });

  it('hold a box at the same distance from the edge', () => {
    expect(boxInCorner({ left: 884, top: 684, right: 984, bottom: 784 }, 'end-end', 'start-start', viewport)).toEqual({ left: 16, top: 16, right: 116, bottom: 116 });
  });
});
