import { graphql } from 'relay-runtime';

export const inbox = graphql`
  query BoardInboxQuery($first: Int!, $after: String) {
    inbox(first: $first, after: $after) {
      edges { cursor node { id kind label case { ...Board_case } deadline { dueAt warned status } } }
      pageInfo { hasNextPage endCursor }
    }
  }
`;

export const fragment = graphql`
  fragment Board_case on Case {
    id
    number
    title
    stage
    deadlines { id label dueAt status }
  }
`;

export const cases = graphql`
  fragment Board_cases on Query @refetchable(queryName: "BoardCasesPageQuery")
  @argumentDefinitions(count: { type: "Int", defaultValue: 20 }, cursor: { type: "String" }) {
    cases(first: $count, after: $cursor) @connection(key: "Board_cases") {
      edges { node { id ...Board_case } }
    }
  }
`;

export const page = graphql`
  query BoardCasesQuery { ...Board_cases }
`;

export const statistics = graphql`
  query BoardStatisticsQuery($input: StatisticsInput!) {
    statistics(input: $input) {
      ruleVersion
      rows { key label division counts { registered concluded open overdue } indicators { code numerator denominator rate } }
    }
  }
`;

export const accept = graphql`
  mutation BoardAcceptMutation($input: AcceptCaseInput!) {
    acceptCase(input: $input) { clientMutationId case { id stage version } userErrors { code field message } }
  }
`;

export const changed = graphql`
  subscription BoardChangedSubscription($id: ID!) {
    caseChanged(id: $id) { type seq cursor case { id stage } }
  }
`;
