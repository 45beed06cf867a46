import { Epr } from './epr';

/** The board, with no patient open. */
export default function Page() {
  return <Epr isOpen={false} />;
}
