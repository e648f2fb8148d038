// Runs what front-ends run over a schema, and prints one JSON line with what came of it:
//   node check.mjs types SCHEMA DOCUMENTS  graphql-codegen's types of the schema and of documents
//   node check.mjs compare OLD NEW         graphql-inspector's list of changes
import { readFileSync } from 'node:fs';
import { buildSchema, parse, validate, validateSchema } from 'graphql';

const [task, first, second] = process.argv.slice(2);
const schemaOf = (path) => buildSchema(readFileSync(path, 'utf8'));

if (task === 'types') {
  const { codegen } = await import('@graphql-codegen/core');
  const typescript = await import('@graphql-codegen/typescript');
  const operations = await import('@graphql-codegen/typescript-operations');
  const schema = schemaOf(first);
  const problems = validateSchema(schema).map((e) => e.message);
  const texts = JSON.parse(readFileSync(second, 'utf8'));
  const documents = texts.map((text, i) => ({ location: `${second}#${i}`, document: parse(text) }));
  for (const { location, document } of documents) {
    problems.push(...validate(schema, document).map((e) => `${location}: ${e.message}`));
  }
  const made = problems.length > 0 ? '' : await codegen({
    schema: parse(readFileSync(first, 'utf8')), schemaAst: schema, documents, filename: 'types.ts', config: { strictScalars: true, scalars: { DateTime: 'string', Date: 'string', Division: 'string', Long: 'number' } },
    plugins: [{ typescript: {} }, { operations: {} }], pluginMap: { typescript, operations },
  });
  console.log(JSON.stringify({ problems, made }));
} else {
  const { diff } = await import('@graphql-inspector/core');
  const changes = await diff(schemaOf(first), schemaOf(second));
  console.log(JSON.stringify(changes.map((c) => ({ level: c.criticality.level, message: c.message, path: c.path }))));
}
