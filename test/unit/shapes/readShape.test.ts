import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { parseDiscovery } from '../../../src/server/akool/parseDiscovery.js';
import { sessionRequestSchema } from '../../../src/server/handler/requestBodies.js';
import { inspectChatMessage } from '../../../src/server/relay/inspectChatMessage.js';
import { inspectClientMessage } from '../../../src/server/relay/inspectClientMessage.js';
import { readShape } from '../../../src/shapes/readShape.js';

/** Has a length that cannot be compared with a number. */
const EVIL = '{"length":{"toString":null}}';
const AGORA = { appid: 'app', channel_id: 'room', token: 'token', uid: '1' };

describe('readShape', () => {
  it('says what the schema says', () => {
    expect(readShape(z.string().min(1), 'a')).toMatchObject({ success: true, data: 'a' });
    expect(readShape(z.string().min(1), '').error?.issues).toHaveLength(1);
  });

  it('refuses a value at which the schema itself falls over', () => {
    expect(() => z.string().min(1).safeParse(JSON.parse(EVIL))).toThrow(TypeError);
    expect(readShape(z.string().min(1), JSON.parse(EVIL))).toEqual({ success: false, error: { issues: [] } });
  });
});

describe('a length that is no number', () => {
  it('is refused where a browser says it to the relay', () => {
    expect(inspectClientMessage(`{"v":2,"type":"chat","mid":${EVIL},"pld":{"audio":"QUJD"}}`, AGORA)).toMatchObject({ ok: false });
    const payload = `{"message_id":${EVIL},"question":"Hello?"}`;
    expect(inspectChatMessage(JSON.stringify({ type: 'chat', to: 'server_1', payload }), 'server_1', { from: 'text', content: '' })).toMatchObject({ ok: false });
  });

  it('is refused in a request, and costs discovery that one node alone', () => {
    expect(readShape(sessionRequestSchema, JSON.parse(`{"backgroundUrl":${EVIL}}`)).success).toBe(false);
    const node = '{"ip":"203.0.114.7","port":80,"status":"available","healthy":true}';
    expect(parseDiscovery(JSON.parse(`{"code":1000,"data":{"instances":[{"ip":${EVIL},"port":80,"status":"available","healthy":true},${node}]}}`))).toHaveLength(1);
  });
});
