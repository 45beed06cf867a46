import type { Observer } from '../gateway/observer.js';

export interface Traces {
  readonly observer: Observer;
  stop(): Promise<void>;
}

/**
 * One span for each answer, named by its route's template: no address, so no patient's number. Loaded only where an
 * operator has said where to send spans.
 */
export async function startTraces(endpoint: string): Promise<Traces> {
  const { BasicTracerProvider, BatchSpanProcessor } = await import('@opentelemetry/sdk-trace-base');
  const { OTLPTraceExporter } = await import('@opentelemetry/exporter-trace-otlp-http');
  const { resourceFromAttributes } = await import('@opentelemetry/resources');
  const url = `${endpoint.replace(/\/$/, '')}/v1/traces`;
  const provider = new BasicTracerProvider({
    resource: resourceFromAttributes({ 'service.name': 'cp-is-gateway' }),
    spanProcessors: [new BatchSpanProcessor(new OTLPTraceExporter({ url }))],
  });
  const tracer = provider.getTracer('cp-is-gateway');
  const span = (route: string, status: number, fault: string | undefined, ms: number): void => {
    const end = Date.now();
    tracer
      .startSpan(route, {
        startTime: end - ms,
        attributes: {
          'http.route': route,
          'http.response.status_code': status,
          ...(fault !== undefined && { 'error.type': fault }),
        },
      })
      .end(end);
  };
  return {
    observer: {
      read: ({ route, status, fault, ms }) => span(`/FHIR/R4/${route}`, status, fault, ms),
      route: ({ route, status, fault, ms }) => span(`/${route}`, status, fault, ms),
      signIn: () => undefined,
      ended: () => undefined,
      renewed: () => undefined,
    },
    stop: () => provider.shutdown(),
  };
}
