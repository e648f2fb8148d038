/**
 * @generated SignedSource<<af77cba7766849e133633f8ea32ef321>>
 * @relayHash 5a7678021ddd4057572d400b6ce8a039
 * @lightSyntaxTransform
 */

/* tslint:disable */
/* eslint-disable */
// @ts-nocheck

// @relayRequestID b4393c0afb4bd59384de2d41fb2de8c06a639beffbe16c850c6d7d232b2b8674

import { ConcreteRequest } from 'relay-runtime';
export type CaseKind = "DISPUTE" | "PETITION";
export type DivisionLevel = "CITY" | "COUNTY" | "GRID" | "PROVINCE" | "TOWNSHIP" | "VILLAGE";
export type IndicatorCode = "ACCEPTED_ON_TIME" | "CONCLUDED" | "CONCLUDED_ON_TIME" | "CONFIRMED" | "DECLINED" | "DISPUTES_RESOLVED" | "EXTENDED" | "MEDIATION_SUCCEEDED" | "PACKAGES_RESOLVED" | "PACKAGES_STABILISED" | "PERFORMED" | "REPEATED" | "RESPONDED" | "REWORKED" | "SATISFIED" | "SUPERVISED" | "WITHDRAWN";
export type StatisticsBasis = "CONCLUDED_IN" | "REGISTERED_IN";
export type StatisticsGroup = "CATEGORY" | "DIVISION" | "KIND" | "MONTH" | "UNIT";
export type StatisticsInput = {
  basis?: StatisticsBasis | null | undefined;
  division: any;
  from: any;
  groupBy?: ReadonlyArray<StatisticsGroup> | null | undefined;
  kind?: CaseKind | null | undefined;
  level?: DivisionLevel | null | undefined;
  to: any;
};
export type BoardStatisticsQuery$variables = {
  input: StatisticsInput;
};
export type BoardStatisticsQuery$data = {
  readonly statistics: {
    readonly rows: ReadonlyArray<{
      readonly counts: {
        readonly concluded: any;
        readonly open: any;
        readonly overdue: any;
        readonly registered: any;
      };
      readonly division: any | null | undefined;
      readonly indicators: ReadonlyArray<{
        readonly code: IndicatorCode;
        readonly denominator: any;
        readonly numerator: any;
        readonly rate: number | null | undefined;
      }>;
      readonly key: ReadonlyArray<string>;
      readonly label: string;
    }>;
    readonly ruleVersion: string;
  };
};
export type BoardStatisticsQuery = {
  response: BoardStatisticsQuery$data;
  variables: BoardStatisticsQuery$variables;
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
    "concreteType": "Statistics",
    "kind": "LinkedField",
    "name": "statistics",
    "plural": false,
    "selections": [
      {
        "alias": null,
        "args": null,
        "kind": "ScalarField",
        "name": "ruleVersion",
        "storageKey": null
      },
      {
        "alias": null,
        "args": null,
        "concreteType": "StatisticsRow",
        "kind": "LinkedField",
        "name": "rows",
        "plural": true,
        "selections": [
          {
            "alias": null,
            "args": null,
            "kind": "ScalarField",
            "name": "key",
            "storageKey": null
          },
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
            "name": "division",
            "storageKey": null
          },
          {
            "alias": null,
            "args": null,
            "concreteType": "CountRow",
            "kind": "LinkedField",
            "name": "counts",
            "plural": false,
            "selections": [
              {
                "alias": null,
                "args": null,
                "kind": "ScalarField",
                "name": "registered",
                "storageKey": null
              },
              {
                "alias": null,
                "args": null,
                "kind": "ScalarField",
                "name": "concluded",
                "storageKey": null
              },
              {
                "alias": null,
                "args": null,
                "kind": "ScalarField",
                "name": "open",
                "storageKey": null
              },
              {
                "alias": null,
                "args": null,
                "kind": "ScalarField",
                "name": "overdue",
                "storageKey": null
              }
            ],
            "storageKey": null
          },
          {
            "alias": null,
            "args": null,
            "concreteType": "Indicator",
            "kind": "LinkedField",
            "name": "indicators",
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
                "name": "numerator",
                "storageKey": null
              },
              {
                "alias": null,
                "args": null,
                "kind": "ScalarField",
                "name": "denominator",
                "storageKey": null
              },
              {
                "alias": null,
                "args": null,
                "kind": "ScalarField",
                "name": "rate",
                "storageKey": null
              }
            ],
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
    "name": "BoardStatisticsQuery",
    "selections": (v1/*:: as any*/),
    "type": "Query",
    "abstractKey": null
  },
  "kind": "Request",
  "operation": {
    "argumentDefinitions": (v0/*:: as any*/),
    "kind": "Operation",
    "name": "BoardStatisticsQuery",
    "selections": (v1/*:: as any*/)
  },
  "params": {
    "id": "b4393c0afb4bd59384de2d41fb2de8c06a639beffbe16c850c6d7d232b2b8674",
    "metadata": {},
    "name": "BoardStatisticsQuery",
    "operationKind": "query",
    "text": null
  }
};
})();

(node as any).hash = "1b612f4b38e96250e268b9af46c13dd6";

export default node;
