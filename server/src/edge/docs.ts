import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import type { App } from './app.ts';
import { namedSchemas, openapiOf } from './openapi.ts';

const DESCRIPTION = `Orders in, changes out. Send \`authorization: Bearer <token>\`. A wrong request gets
\`{"error": {"code", "message", "details", "requestId"}}\` and changes nothing. Money is an integer in the currency's
minor unit; times are ISO 8601. Unknown fields are refused by name, and null is the same as absent.`;

/** `/openapi.json`, from the schemas that validate requests, and a docs page. Register before the routes. */
export async function addDocs(app: App): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: 'Ticketrail', version: '1', description: DESCRIPTION },
      servers: [{ url: '/' }],
      components: {
        schemas: namedSchemas() as never,
        securitySchemes: { token: { type: 'http', scheme: 'bearer' } },
      },
    },
    stripBasePath: false,
    transform: ({ schema, url, route }) => ({
      schema: schema?.hide ? schema : openapiOf(schema ?? {}, route.config?.audience ?? 'open'),
      url,
    }),
  });
  await app.register(swaggerUi, {
    routePrefix: '/api/v1/docs',
    theme: { title: 'Ticketrail API', css: [{ filename: 'theme.css', content: '.topbar { display: none }' }] },
    staticCSP:
      "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  });

  const open = { config: { audience: 'open' as const }, schema: { hide: true } };
  app.get('/api/v1/openapi.json', open, async () => app.swagger());
  // The first place where people look.
  app.get('/docs', open, (_request, reply) => reply.redirect('/api/v1/docs/'));
  app.get('/openapi.json', open, (_request, reply) => reply.redirect('/api/v1/openapi.json'));
}
