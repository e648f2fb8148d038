// A real OpenID Connect provider on loopback: node provider.mjs PORT KEYID
// It prints its issuer when it listens. Its keys are made anew at each start.
import { generateKeyPairSync } from 'node:crypto';
import { Provider } from 'oidc-provider';

const [port, kid] = process.argv.slice(2);
const key = (alg) => {
  const pair = alg === 'RS256' ? generateKeyPairSync('rsa', { modulusLength: 2048 }) : generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return { ...pair.privateKey.export({ format: 'jwk' }), alg, use: 'sig', kid: `${kid}-${alg}` };
};
const issuer = `http://127.0.0.1:${port}`;
const api = 'https://tiaochu.example';
const provider = new Provider(issuer, {
  clients: [
    {
      client_id: 'console', application_type: 'native', token_endpoint_auth_method: 'none',
      redirect_uris: ['http://127.0.0.1/callback'], grant_types: ['authorization_code'], response_types: ['code'],
    },
    { client_id: 'court-530402', client_secret: 'a long secret', redirect_uris: [], grant_types: ['client_credentials'], response_types: [] },
    { client_id: 'stranger', client_secret: 'a long secret', redirect_uris: [], grant_types: ['client_credentials'], response_types: [] },
  ],
  jwks: { keys: [key('RS256'), key('ES256')] },
  cookies: { keys: ['cookie key of a test'] },
  pkce: { required: () => true },
  features: {
    devInteractions: { enabled: true },
    clientCredentials: { enabled: true },
    resourceIndicators: {
      enabled: true,
      defaultResource: () => api,
      useGrantedResource: () => true,
      getResourceServerInfo: (_, resource) => ({
        scope: 'cases',
        audience: resource === api ? 'tiaochu' : resource,
        accessTokenFormat: 'jwt',
        accessTokenTTL: 600,
        jwt: { sign: { alg: 'ES256' } },
      }),
    },
  },
  extraTokenClaims: (_, token) => {
    const who = token.accountId ?? token.clientId;
    // "new@centre-clerk+stranger" has these two roles at the provider.
    const roles = who.includes('@') ? who.split('@')[1].split('+') : [];
    return { staff_number: `n-${who}`, name: '李静', access: { roles: who === 'court-530402' ? 'court-system' : roles } };
  },
  findAccount: (_, id) => ({ accountId: id, claims: () => ({ sub: id }) }),
});
provider.listen(Number(port), '127.0.0.1', () => console.log(issuer));
