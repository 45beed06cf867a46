import { Epr } from './epr';

/** The board: nobody is open. */
export default function Page() {
  return <Epr isOpen={false} />;
}
