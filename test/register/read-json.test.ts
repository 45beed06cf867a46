import { expect } from 'chai';

import { readJson } from '../../src/register/read-json.js';

describe('a body as JSON', () => {
  const once: [title: string, text: string][] = [
    ['nothing', '{}'],
    ['no object', '[1, "a", ":"]'],
    ['white space', ' { "a" :\r\n1 , "b"\t: [ { "a" : 2 } ] } '],
    ['one key in several objects', '{"a":{"a":{"a":[{"a":1},{"a":2}]}}}'],
    ['strings that look like keys', String.raw`{"a":"\"b\":","c":["\\","d:",":"],"e\"":":"}`],
    ['an empty key', '{"":1}'],
    ['"__proto__"', '{"__proto__":{"a":1},"a":2}'],
  ];
  for (const [title, text] of once)
    it(`each key once: ${title}`, () => {
      expect(readJson(text)).to.deep.equal({ body: JSON.parse(text) as unknown, keyTwice: false });
    });

  const twice: [title: string, text: string][] = [
    ['one after the other', '{"a":1,"a":1}'],
    ['far apart, and deep within', '{"a":[{"b":{"c":1,"d":{"c":2},"c":[3]}}]}'],
    ['written otherwise', String.raw`{"total":1,"\u0074otal":0}`],
    ['a record that is lost', '{"entry":[{"resource":{"id":"x"}}],"entry":[]}'],
    ['"__proto__"', '{"__proto__":1,"__proto__":2}'],
  ];
  for (const [title, text] of twice)
    it(`a key twice: ${title}`, () => {
      expect(readJson(text).keyTwice).to.equal(true);
    });

  for (const text of ['', '{', '{"a":1}x', '{"a":1', "{'a':1}", '\ufeff{}', '[1,]'])
    it(`no JSON: ${JSON.stringify(text)}`, () => {
      expect(readJson(text)).to.deep.equal({ body: undefined, keyTwice: false });
    });
});
