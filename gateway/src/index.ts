export { registerRoutes } from './routes.js';
export type { Access, May, Options, TokenFor } from './options.js';
export type { ReadRecord, Resource } from './record.js';
export type { FaultCode } from './faults.js';
