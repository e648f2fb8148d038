// Follows `events` with one of the real clients, over every restart of the server, until it is
// killed, and prints each event as a line of JSON: node clients.mjs CLIENT URL TOKEN.
import { createClient as createSocketClient } from 'graphql-ws';
import { createClient as createStreamClient } from 'graphql-sse';
import { Client, fetchExchange } from '@urql/core';
import { ApolloClient, InMemoryCache, gql } from '@apollo/client';
import { GraphQLWsLink } from '@apollo/client/link/subscriptions';
import relay from 'relay-runtime';
import WebSocket from 'ws';

globalThis.WebSocket ??= WebSocket; // Node 20 has none, and Apollo asks for it

const [, , name, url, token] = process.argv;
const text = `subscription Feed($after: String) {
  events(after: $after) { id seq type cursor }
}`;
const variables = { after: '' };
const retryWait = () => new Promise((resolve) => setTimeout(resolve, 100));

function take(result) {
  if (result.errors?.length) throw new Error(JSON.stringify(result.errors));
  const event = result.data.events;
  console.log(JSON.stringify({ id: event.id, seq: event.seq, type: event.type }));
  variables.after = event.cursor; // what is sent when the client comes back
}

const socketClient = (retryAttempts) =>
  createSocketClient({
    url: url.replace('http', 'ws'),
    webSocketImpl: WebSocket,
    connectionParams: { Authorization: `Bearer ${token}` },
    retryAttempts,
    retryWait,
    shouldRetry: () => true,
  });

// Each follows until the server goes away, or for ever where the client comes back by itself.
const clients = {
  'graphql-ws': () =>
    new Promise((resolve, reject) => {
      socketClient(Infinity).subscribe({ query: text, variables }, { next: take, error: reject, complete: resolve });
    }),
  'graphql-sse': () =>
    new Promise((resolve, reject) => {
      createStreamClient({ url, headers: { Authorization: `Bearer ${token}` }, retryAttempts: 0 })
        .subscribe({ query: text, variables: { ...variables } }, { next: take, error: reject, complete: resolve });
    }),
  '@urql/core': () =>
    new Promise((resolve, reject) => {
      const client = new Client({
        url,
        preferGetMethod: false,
        fetchSubscriptions: true,
        exchanges: [fetchExchange],
        fetchOptions: { headers: { Authorization: `Bearer ${token}` } },
      });
      client.subscription(text, { ...variables }).subscribe((result) => {
        if (result.error) return reject(result.error);
        if (result.hasNext === false) return resolve(); // the end, with the last result once more
        take(result);
      });
    }),
  '@apollo/client': () =>
    new Promise((resolve, reject) => {
      const client = new ApolloClient({ link: new GraphQLWsLink(socketClient(0)), cache: new InMemoryCache() });
      client
        .subscribe({ query: gql(text), variables: { ...variables }, fetchPolicy: 'no-cache' })
        .subscribe({ next: (r) => (r.error ? reject(r.error) : take(r)), error: reject, complete: resolve });
    }),
  'relay-runtime': () =>
    new Promise((resolve, reject) => {
      const client = socketClient(0);
      const network = relay.Network.create(
        () => reject(new Error('nothing is fetched')),
        (operation, vars) =>
          relay.Observable.create((sink) => client.subscribe({ query: operation.text, variables: vars }, sink)),
      );
      const environment = new relay.Environment({ network, store: new relay.Store(new relay.RecordSource()) });
      environment
        .executeSubscription({ operation: relay.createOperationDescriptor(feedArtifact, { ...variables }) })
        .subscribe({ next: take, error: reject, complete: resolve });
    }),
};

// What relay-compiler makes of the subscription above.
const scalar = (field) => ({ alias: null, args: null, kind: 'ScalarField', name: field, storageKey: null });
const selections = [
  {
    alias: null,
    args: [{ kind: 'Variable', name: 'after', variableName: 'after' }],
    concreteType: 'Event',
    kind: 'LinkedField',
    name: 'events',
    plural: false,
    selections: ['id', 'seq', 'type', 'cursor'].map(scalar),
    storageKey: null,
  },
];
const argumentDefinitions = [{ defaultValue: null, kind: 'LocalArgument', name: 'after' }];
const feedArtifact = {
  fragment: { argumentDefinitions, kind: 'Fragment', metadata: null, name: 'Feed', selections, type: 'Subscription', abstractKey: null },
  kind: 'Request',
  operation: { argumentDefinitions, kind: 'Operation', name: 'Feed', selections },
  params: { cacheID: 'feed', id: null, metadata: {}, name: 'Feed', operationKind: 'subscription', text },
};

for (;;) {
  try {
    await clients[name]();
  } catch (error) {
    console.error(name, error?.message ?? error?.reason ?? String(error));
  }
  await retryWait();
}
