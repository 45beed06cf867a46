import type { MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';

import { Problem } from './problem.js';

const KILOBYTE = 1024;
/** More than any message of the register needs, but for a file. */
const LARGEST_BODY = 64 * KILOBYTE;
/** A file of 10 MB goes through with room to spare. */
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

/** A body larger than 64 kB is refused before it is read (413). A file has a limit of its own, once it is known whose. */
export const boundedBody: MiddlewareHandler = (context, next) =>
  isUpload.test(context.req.path) ? next() : smallBody(context, next);

/** 413 above 16 MB. */
export const boundedUpload: MiddlewareHandler = limited(LARGEST_UPLOAD, '16 MB. Split it');

/**
 * Refuses what another site's page has a browser send: the sandbox's doors ask for no token, so any page that the developer
 * has open could empty the register.
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
