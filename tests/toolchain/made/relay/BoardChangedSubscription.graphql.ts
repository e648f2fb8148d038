/**
 * @generated SignedSource<<54a6c3d73252348427e3e313000c1ec8>>
 * @relayHash fbbbbe20e51b9c7af212c2a3f61b4f75
 * @lightSyntaxTransform
 */

/* tslint:disable */
/* eslint-disable */
// @ts-nocheck

// @relayRequestID 3da0b0382627c661881bb2bf44bd5e7749e52a7b948963b9adf7c74caf3834d4

import { ConcreteRequest } from 'relay-runtime';
export type CaseStage = "ACCEPTANCE" | "CLOSED" | "DECISION" | "EVALUATION" | "INVESTIGATION" | "MEDIATION" | "MERGED" | "NOT_ACCEPTED" | "REFERRAL" | "REVIEW" | "RE_REVIEW" | "TRANSFERRED" | "VERIFICATION" | "WITHDRAWN";
export type BoardChangedSubscription$variables = {
  id: string;
};
export type BoardChangedSubscription$data = {
  readonly caseChanged: {
    readonly case: {
      readonly id: string;
      readonly stage: CaseStage;
    } | null | undefined;
    readonly cursor: string;
    readonly seq: number;
    readonly type: string;
  };
};
export type BoardChangedSubscription = {
  response: BoardChangedSubscription$data;
  variables: BoardChangedSubscription$variables;
};

const node: ConcreteRequest = (function(){
var v0 = [
  {
    "defaultValue": null,
    "kind": "LocalArgument",
    "name": "id"
  }
],
v1 = [
  {
    "kind": "Variable",
    "name": "id",
    "variableName": "id"
  }
],
v2 = {
  "alias": null,
  "args": null,
  "kind": "ScalarField",
  "name": "type",
  "storageKey": null
},
v3 = {
  "alias": null,
  "args": null,
  "kind": "ScalarField",
  "name": "seq",
  "storageKey": null
},
v4 = {
  "alias": null,
  "args": null,
  "kind": "ScalarField",
  "name": "cursor",
  "storageKey": null
},
v5 = {
  "alias": null,
  "args": null,
  "kind": "ScalarField",
  "name": "id",
  "storageKey": null
},
v6 = {
  "alias": null,
  "args": null,
  "concreteType": "Case",
  "kind": "LinkedField",
  "name": "case",
  "plural": false,
  "selections": [
    (v5/*:: as any*/),
    {
      "alias": null,
      "args": null,
      "kind": "ScalarField",
      "name": "stage",
      "storageKey": null
    }
  ],
  "storageKey": null
};
return {
  "fragment": {
    "argumentDefinitions": (v0/*:: as any*/),
    "kind": "Fragment",
    "metadata": null,
    "name": "BoardChangedSubscription",
    "selections": [
      {
        "alias": null,
        "args": (v1/*:: as any*/),
        "concreteType": "Event",
        "kind": "LinkedField",
        "name": "caseChanged",
        "plural": false,
        "selections": [
          (v2/*:: as any*/),
          (v3/*:: as any*/),
          (v4/*:: as any*/),
          (v6/*:: as any*/)
        ],
        "storageKey": null
      }
    ],
    "type": "Subscription",
    "abstractKey": null
  },
  "kind": "Request",
  "operation": {
    "argumentDefinitions": (v0/*:: as any*/),
    "kind": "Operation",
    "name": "BoardChangedSubscription",
    "selections": [
      {
        "alias": null,
        "args": (v1/*:: as any*/),
        "concreteType": "Event",
        "kind": "LinkedField",
        "name": "caseChanged",
        "plural": false,
        "selections": [
          (v2/*:: as any*/),
          (v3/*:: as any*/),
          (v4/*:: as any*/),
          (v6/*:: as any*/),
          (v5/*:: as any*/)
        ],
        "storageKey": null
      }
    ]
  },
  "params": {
    "id": "3da0b0382627c661881bb2bf44bd5e7749e52a7b948963b9adf7c74caf3834d4",
    "metadata": {},
    "name": "BoardChangedSubscription",
    "operationKind": "subscription",
    "text": null
  }
};
})();

(node as any).hash = "a4c41c59f8bb687390c89999d45f2bbc";

export default node;
