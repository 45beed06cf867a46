/** This must not compile: `npm run types:misspelt`. */
import { CpIsBanner } from 'cp-is-banner/react';

export const misspelt = <CpIsBanner nhsNubmer="9995124467" />;
export const unheard = <CpIsBanner oncp-is-change={({ statsu }) => statsu} />;
export const unknownSetting = <CpIsBanner careSetting="emergency" />;
