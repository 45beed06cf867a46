import * as client from 'openid-client';

/** For localhost alone: the settings refuse plain http elsewhere. The library knows it by identity. */
// eslint-disable-next-line @typescript-eslint/no-deprecated -- the library's way to make it stand out
export const overHttp: (configuration: client.Configuration) => void = client.allowInsecureRequests;
