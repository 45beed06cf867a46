import { connection } from 'next/server';

import { Epr } from '../epr';

/** A record, rendered by the server for each request. */
export default async function Page() {
  await connection();
  return <Epr isOpen />;
}
