// The page around GraphiQL: where the bearer token is entered, and how requests are sent.
// Token, queries and history live in sessionStorage alone: closing the tab forgets them.
'use strict';

(() => {
  const tokenKey = 'tiaochu:token';
  const endpoint = document.body.dataset.endpoint;
  const root = ReactDOM.createRoot(document.getElementById('graphiql'));
  const input = document.getElementById('token');
  const state = document.getElementById('state');

  const firstQuery = [
    '# 调处 Tiaochu GraphQL',
    '# 先在上方填入访问令牌。Enter a bearer token above first.',
    '# 打印一个开发令牌 / print one for development:',
    '#   bin/tiaochu token --role MANAGER --division 530402',
    '',
    '{',
    '  __typename',
    '}',
    '',
  ].join('\n');

  async function fetcher(params, options) {
    const headers = {
      'Content-Type': 'application/json',
      Accept: 'application/graphql-response+json, application/json;q=0.9',
      'GraphQL-Require-Preflight': '1',
    };
    const token = sessionStorage.getItem(tokenKey);
    if (token) headers.Authorization = `Bearer ${token}`;
    const response = await fetch(endpoint, {
      method: 'POST',
      headers: { ...headers, ...(options?.headers ?? {}) },
      body: JSON.stringify(params),
      credentials: 'omit',
      referrerPolicy: 'no-referrer',
    });
    return response.json();
  }

  function showState() {
    state.textContent = sessionStorage.getItem(tokenKey) ? '已设置令牌 token set' : '未设置令牌 no token';
  }

  // The schema may be read only with a token. GraphiQL has no way to be told but its button,
  // which does nothing while it reads.
  function readSchema() {
    const button = document.querySelector('button[aria-label="Re-fetch GraphQL schema"]');
    if (button && !button.disabled) button.click();
    else setTimeout(readSchema, 100);
  }

  document.getElementById('sign-in').addEventListener('submit', (event) => {
    event.preventDefault();
    const token = input.value.trim().replace(/^Bearer\s+/i, '');
    if (token) sessionStorage.setItem(tokenKey, token);
    else sessionStorage.removeItem(tokenKey);
    showState();
    readSchema();
  });

  input.value = sessionStorage.getItem(tokenKey) ?? '';
  showState();
  root.render(
    React.createElement(GraphiQL, {
      fetcher,
      storage: sessionStorage,
      defaultQuery: firstQuery,
      shouldPersistHeaders: false,
    }),
  );
})();
