/**
 * @generated SignedSource<<8400835817eebfb49eb8888b09c0c13c>>
 * @lightSyntaxTransform
 */

/* tslint:disable */
/* eslint-disable */
// @ts-nocheck

import { ReaderFragment } from 'relay-runtime';
export type CaseStage = "ACCEPTANCE" | "CLOSED" | "DECISION" | "EVALUATION" | "INVESTIGATION" | "MEDIATION" | "MERGED" | "NOT_ACCEPTED" | "REFERRAL" | "REVIEW" | "RE_REVIEW" | "TRANSFERRED" | "VERIFICATION" | "WITHDRAWN";
export type DeadlineStatus = "CANCELLED" | "MET" | "MISSED" | "PAUSED" | "RUNNING";
import { FragmentRefs } from "relay-runtime";
export type Board_case$data = {
  readonly deadlines: ReadonlyArray<{
    readonly dueAt: any;
    readonly id: string;
    readonly label: string;
    readonly status: DeadlineStatus;
  }> | null | undefined;
  readonly id: string;
  readonly number: string;
  readonly stage: CaseStage;
  readonly title: string | null | undefined;
  readonly " $fragmentType": "Board_case";
};
export type Board_case$key = {
  readonly " $data"?: Board_case$data;
  readonly " $fragmentSpreads": FragmentRefs<"Board_case">;
};

const node: ReaderFragment = (function(){
var v0 = {
  "alias": null,
  "args": null,
  "kind": "ScalarField",
  "name": "id",
  "storageKey": null
};
return {
  "argumentDefinitions": [],
  "kind": "Fragment",
  "metadata": null,
  "name": "Board_case",
  "selections": [
    (v0/*:: as any*/),
    {
      "alias": null,
      "args": null,
      "kind": "ScalarField",
      "name": "number",
      "storageKey": null
    },
    {
      "alias": null,
      "args": null,
      "kind": "ScalarField",
      "name": "title",
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
      "concreteType": "Deadline",
      "kind": "LinkedField",
      "name": "deadlines",
      "plural": true,
      "selections": [
        (v0/*:: as any*/),
        {
          "alias": null,
          "args": null,
          "kind": "ScalarField",
          "name": "label",
          "storageKey": null
        },
        {
          "alias": null,
          "args": null,
          "kind": "ScalarField",
          "name": "dueAt",
          "storageKey": null
        },
        {
          "alias": null,
          "args": null,
          "kind": "ScalarField",
          "name": "status",
          "storageKey": null
        }
      ],
      "storageKey": null
    }
  ],
  "type": "Case",
  "abstractKey": null
};
})();

(node as any).hash = "6e2c4a4b06fe1336422bcc7aa1d0d233";

export default node;
