import { z } from 'zod';
import {
  avatarPage,
  catalogueAvatar,
  catalogueKnowledge,
  catalogueLanguage,
  catalogueVoice,
  knowledgePage,
  languageList,
  voicePage,
} from '../handler/catalogue/catalogueAnswers.js';
import { ownSession, ownSessionList } from '../handler/ownSessions.js';
import { endOwnRequestSchema, endRequestSchema, keepRequestSchema, renewRequestSchema, sessionRequestSchema } from '../handler/requestBodies.js';
import { grantSchema, leaseStateSchema } from './grantSchemas.js';

/** A schema in JSON Schema 2020-12, as OpenAPI 3.1 takes it. */
export type JsonSchema = Readonly<Record<string, unknown>>;

const problem = z.object({
  error: z.object({
    reason: z.string().meta({ description: 'From a closed list: see `AvatarErrorReason`.' }),
    message: z.string().meta({ description: 'What happened and what to do about it.' }),
    retryable: z.boolean().meta({ description: 'Whether the same request can succeed later.' }),
  }),
});

const requests = {
  SessionRequest: sessionRequestSchema,
  RenewRequest: renewRequestSchema,
  KeepRequest: keepRequestSchema,
  EndRequest: endRequestSchema,
  EndOwnRequest: endOwnRequestSchema,
};

const answers = {
  Grant: grantSchema,
  LeaseState: leaseStateSchema,
  Session: ownSession,
  SessionList: ownSessionList,
  Avatar: catalogueAvatar,
  AvatarPage: avatarPage,
  Voice: catalogueVoice,
  VoicePage: voicePage,
  Language: catalogueLanguage,
  LanguageList: languageList,
  Knowledge: catalogueKnowledge,
  KnowledgePage: knowledgePage,
  Health: z.object({ ok: z.literal(true) }),
  Problem: problem,
};

export type RequestName = keyof typeof requests;
export type AnswerName = keyof typeof answers;

/** All schemas by name: of bodies as they are sent, of answers as they come. */
export function createComponentSchemas(): Readonly<Record<string, JsonSchema>> {
  return { ...convert(requests, 'input'), ...convert(answers, 'output') };
}

/** A query parameter's schema. */
export function toJsonSchema(schema: z.ZodType): JsonSchema {
  return withoutKeywords(z.toJSONSchema(schema, { io: 'input' }));
}

function convert(schemas: Readonly<Record<string, z.ZodType>>, io: 'input' | 'output'): Readonly<Record<string, JsonSchema>> {
  const registry = z.registry<{ id: string }>();
  for (const [id, schema] of Object.entries(schemas)) registry.add(schema, { id });
  const converted = z.toJSONSchema(registry, { io, uri: (id) => `#/components/schemas/${id}` });
  return Object.fromEntries(Object.entries(converted.schemas).map(([id, schema]) => [id, withoutKeywords(schema)]));
}

/** In OpenAPI the document says which dialect it is, and where the schema stands. */
function withoutKeywords({ $schema: _dialect, $id: _place, ...schema }: JsonSchema): JsonSchema {
  return schema;
}
