// Validates documents against the schemas of their specifications: node validate.mjs FILE...
// Prints what is wrong and ends with 1 where anything is.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Validator } from '@seriousme/openapi-schema-validator';
import Ajv from 'ajv';
import addFormats from 'ajv-formats';
import { parse } from 'yaml';

const require = createRequire(import.meta.url);

async function openapi(document) {
  const { valid, errors } = await new Validator().validate(document);
  return valid ? [] : errors;
}

function asyncapi(document) {
  const version = document.asyncapi.replace(/\d+$/, '0');
  const ajv = new Ajv({ allErrors: true, strict: false });
  addFormats(ajv);
  const check = ajv.compile(require(`@asyncapi/specs/schemas/${version}-without-$id.json`));
  return check(document) ? [] : check.errors;
}

for (const file of process.argv.slice(2)) {
  const document = parse(readFileSync(file, 'utf8'), { strict: true, uniqueKeys: true });
  const errors = document.openapi ? await openapi(document) : asyncapi(document);
  for (const { instancePath, message } of errors) {
    console.log(`${file}: ${instancePath || '/'} ${message}`);
    process.exitCode = 1;
  }
}
