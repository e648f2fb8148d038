/**
 * @generated SignedSource<<2aa7723a48cf0a9080f0096757415516>>
 * @relayHash 7d97b55ffe0117f7fe6199348916bbdc
 * @lightSyntaxTransform
 */

/* tslint:disable */
/* eslint-disable */
// @ts-nocheck

// @relayRequestID a857d5a2d0895a448b5d7809a0633ea266f69fa62a35a487e182e486c41786f2

import { ConcreteRequest } from 'relay-runtime';
export type CaseStage = "ACCEPTANCE" | "CLOSED" | "DECISION" | "EVALUATION" | "INVESTIGATION" | "MEDIATION" | "MERGED" | "NOT_ACCEPTED" | "REFERRAL" | "REVIEW" | "RE_REVIEW" | "TRANSFERRED" | "VERIFICATION" | "WITHDRAWN";
export type LegalRoute = "ADMINISTRATIVE_PROCEDURE" | "ARBITRATION" | "LITIGATION" | "PARTY_APPEAL" | "PETITION_PROCEDURE" | "STATUTORY_DUTY";
export type AcceptCaseInput = {
  backdatingReason?: string | null | undefined;
  caseId: string;
  clientMutationId: string;
  effectiveAt?: any | null | undefined;
  expectedVersion?: number | null | undefined;
  procedure?: string | null | undefined;
  route?: LegalRoute | null | undefined;
};
export type BoardAcceptMutation$variables = {
  input: AcceptCaseInput;
};
export type BoardAcceptMutation$data = {
  readonly acceptCase: {
    readonly case: {
      readonly id: string;
      readonly stage: CaseStage;
      readonly version: number;
    } | null | undefined;
    readonly clientMutationId: string | null | undefined;
    readonly userErrors: ReadonlyArray<{
      readonly code: string;
      readonly field: ReadonlyArray<string> | null | undefined;
      readonly message: string;
    }>;
  };
};
export type BoardAcceptMutation = {
  response: BoardAcceptMutation$data;
  variables: BoardAcceptMutation$variables;
};

const node: ConcreteRequest = (function(){
var v0 = [
  {
    "defaultValue": null,
    "kind": "LocalArgument",
    "name": "input"
  }
],
v1 = [
  {
    "alias": null,
    "args": [
      {
        "kind": "Variable",
        "name": "input",
        "variableName": "input"
      }
    ],
    "concreteType": "CasePayload",
    "kind": "LinkedField",
    "name": "acceptCase",
    "plural": false,
    "selections": [
      {
        "alias": null,
        "args": null,
        "kind": "ScalarField",
        "name": "clientMutationId",
        "storageKey": null
      },
      {
        "alias": null,
        "args": null,
        "concreteType": "Case",
        "kind": "LinkedField",
        "name": "case",
        "plural": false,
        "selections": [
          {
            "alias": null,
            "args": null,
            "kind": "ScalarField",
            "name": "id",
            "storageKey": null
          },
          {
            "alias": null,
            "args": null,
            "kind": "ScalarField",
            "name": "stage",
            "storageKey": null
          },
          {
            "alias": null,
            "args": null,
            "kind": "ScalarField",
            "name": "version",
            "storageKey": null
          }
        ],
        "storageKey": null
      },
      {
        "alias": null,
        "args": null,
        "concreteType": "UserError",
        "kind": "LinkedField",
        "name": "userErrors",
        "plural": true,
        "selections": [
          {
            "alias": null,
            "args": null,
            "kind": "ScalarField",
            "name": "code",
            "storageKey": null
          },
          {
            "alias": null,
            "args": null,
            "kind": "ScalarField",
            "name": "field",
            "storageKey": null
          },
          {
            "alias": null,
            "args": null,
            "kind": "ScalarField",
            "name": "message",
            "storageKey": null
          }
        ],
        "storageKey": null
      }
    ],
    "storageKey": null
  }
];
return {
  "fragment": {
    "argumentDefinitions": (v0/*:: as any*/),
    "kind": "Fragment",
    "metadata": null,
    "name": "BoardAcceptMutation",
    "selections": (v1/*:: as any*/),
    "type": "Mutation",
    "abstractKey": null
  },
  "kind": "Request",
  "operation": {
    "argumentDefinitions": (v0/*:: as any*/),
    "kind": "Operation",
    "name": "BoardAcceptMutation",
    "selections": (v1/*:: as any*/)
  },
  "params": {
    "id": "a857d5a2d0895a448b5d7809a0633ea266f69fa62a35a487e182e486c41786f2",
    "metadata": {},
    "name": "BoardAcceptMutation",
    "operationKind": "mutation",
    "text": null
  }
};
})();

(node as any).hash = "354e5f00e476f165bc808b69b3a85621";

export default node;
