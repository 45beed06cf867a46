import * as client from 'openid-client';

/**
 * Only for localhost: the settings refuse plain http elsewhere. The library compares it by identity, so it must be this
 * very function.
 */
// eslint-disable-next-line @typescript-eslint/no-deprecated -- the library's way to make it stand out
export const overHttp: (configuration: client.Configuration) => void = client.allowInsecureRequests;
