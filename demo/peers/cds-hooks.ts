import { Hono } from 'hono';
import { cors } from 'hono/cors';

/**
 * A CDS Hooks `patient-view` service whose card leads to the banner, and does no more. A hook is called for every
 * record that anybody looks at, and its card goes through other systems. So it asks the register nothing, because that
 * would alert without an attendance. And it says nothing about the patient, not even when it is sent one.
 */
export function cdsHooks(): Hono {
  const routes = new Hono().basePath('/cds-services');
  routes.use('*', cors());
  routes.get('/', (context) =>
    context.json({
      services: [
        {
          hook: 'patient-view',
          id: 'cp-is-banner',
          title: 'CP-IS banner',
          description: 'A link to the Child Protection – Information Sharing banner for the patient in context',
        },
      ],
    }),
  );
  routes.post('/cp-is-banner', async (context) => {
    const call: unknown = await context.req.json().catch(() => undefined);
    if ((call as { hook?: unknown } | undefined)?.hook !== 'patient-view')
      return context.text('Not a patient-view', 400);
    const banner = new URL('/demo/smart/', context.req.url).href;
    return context.json({
      cards: [
        {
          summary: 'Child Protection – Information Sharing: open the banner to check this patient',
          indicator: 'info',
          source: { label: 'CP-IS banner', url: new URL('/', context.req.url).href },
          // The EPR launches it with its own context, so no patient is in the address.
          links: [{ label: 'Open the CP-IS banner', url: banner, type: 'smart' }],
        },
      ],
    });
  });
  return routes;
}
