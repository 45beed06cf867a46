/** This must not compile: `npm run types:misspelt`. */
import type {} from 'cp-is-banner/jsx';

export const misspelt = <cp-is-banner nhsNubmer="9995124467" />;
export const unheard = <cp-is-banner oncp-is-change={({ statsu }) => statsu} />;
export const unknownSetting = <cp-is-banner careSetting="emergency" />;
