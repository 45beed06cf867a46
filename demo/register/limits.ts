import type { MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';

import { Problem } from './problem.js';

const KILOBYTE = 1024;
/** More than any message except a file needs. */
const LARGEST_BODY = 64 * KILOBYTE;
/** Allows a file of 10 MB, with room to spare. */
const LARGEST_UPLOAD = 16 * KILOBYTE * KILOBYTE;

const limited = (maxSize: number, words: string) =>
  bodyLimit({
    maxSize,
    onError: () => {
      throw new Problem(413, `The body is larger than ${words}.`);
    },
  });

const smallBody = limited(LARGEST_BODY, '64 kB');
const isUpload = /^\/local-authorities\/[^/]+\/uploads$/;

/**
 * Refuses a body larger than 64 kB before reading it (413). A file has its own limit, applied once its sender is known.
 */
export const boundedBody: MiddlewareHandler = (context, next) =>
  isUpload.test(context.req.path) ? next() : smallBody(context, next);

/** Refuses a file above 16 MB (413). */
export const boundedUpload: MiddlewareHandler = limited(LARGEST_UPLOAD, '16 MB. Split it');

/**
 * Refuses requests that another site's page sends through a browser. The sandbox's routes need no token, so any page
 * that the developer has open could otherwise empty the register.
 */
export const ownSiteOnly: MiddlewareHandler = async ({ req }, next) => {
  const site = req.header('sec-fetch-site');
  const origin = req.header('origin');
  const isOwn =
    site === undefined
      ? origin === undefined || origin === new URL(req.url).origin
      : ['same-origin', 'none'].includes(site);
  if (req.method !== 'GET' && !isOwn) throw new Problem(403, 'Another site’s page may not ask this.');
  await next();
};
