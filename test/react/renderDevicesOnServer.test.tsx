// @vitest-environment node
import { renderToString } from 'react-dom/server';
import { expect, it } from 'vitest';
import { Avatar, AvatarProvider, defaultLabels, EchoTest, MicHelp, MicLevel, MicSelect, PreJoin, SpeakerSelect, SpeakerTest } from '../../src/index.js';
import { createScriptedSession } from '../../src/testing/createScriptedSession.js';

it('renders every device component on a server, asking for nothing and knowing nothing of devices yet', () => {
  const session = createScriptedSession({ state: { microphone: { status: 'on', muted: false, error: null, deviceId: 'a', interrupted: false } } });
  const html = renderToString(
    <AvatarProvider session={session}>
      <MicSelect />
      <SpeakerSelect />
      <MicLevel />
      <MicHelp />
      <SpeakerTest />
      <EchoTest />
    </AvatarProvider>,
  );
  expect(html.split(defaultLabels.defaultDevice('')).length - 1).toBe(2);
  expect(html).toContain('data-state="off"');
  expect(html).not.toContain('mic-help');
  expect(session.calls).toEqual([]);
});

it('renders the step before the session, and not what comes after', () => {
  const html = renderToString(<AvatarProvider session={createScriptedSession()}><PreJoin><Avatar /></PreJoin></AvatarProvider>);
  expect(html).toContain(defaultLabels.preJoin);
  expect(html).toContain(defaultLabels.listenOnly);
  expect(html).not.toContain('data-slot="avatar"');
});
