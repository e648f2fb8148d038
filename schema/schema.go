package schema

import (
	"github.com/graphql-go/graphql"

	_ "github.com/tiaochu/tiaochu/schema/settled" // schemas may be built and read side by side
)

//go:generate go test -run TestTheCommittedSchemaIsThePrintedOne -update .

// New builds the schema over a service. An error is a mistake of this package.
func New(service Service) (graphql.Schema, error) {
	b := newBuilder(service)
	b.nodeInterface()
	b.enums()
	b.caseType()
	b.partyTypes()
	b.handlingTypes()
	b.dispatchTypes()
	b.referralTypes()
	b.clockTypes()
	b.supervisionTypes()
	b.clockHistoryTypes()
	b.procedureTypes()
	b.eventTypes()
	b.linkTypes()
	b.sampleTypes()
	b.urgentTypes()
	b.policeReportTypes()
	b.retaliationTypes()
	b.packageTypes()
	b.directoryTypes()
	b.administrationTypes()
	b.auditTypes()
	b.statisticsTypes()
	b.subscriptionTypes()
	b.connections()
	b.filters()
	b.inputs()
	b.payloads()
	built, err := b.schema(b.query(), b.mutation(), b.subscription())
	if err != nil {
		return graphql.Schema{}, err
	}
	for _, object := range b.objects {
		b.resolved[object.Name()] = object
	}
	return built, nil
}
