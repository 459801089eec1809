/** `node check.mjs`: one form as a line of JSON (`Asked`) comes in, one line (`Report`) goes out, until the input ends. */
import { stdin, stdout } from 'node:process';
import { createInterface } from 'node:readline';
import { closeNetwork, furnish } from './dom';
import { type Asked, examine } from './examine';

furnish();
closeNetwork();
for await (const line of createInterface({ input: stdin, crlfDelay: Number.POSITIVE_INFINITY })) {
  if (line.trim() !== '') stdout.write(`${JSON.stringify(await examine(JSON.parse(line) as Asked))}\n`);
}
