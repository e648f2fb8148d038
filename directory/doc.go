// Package directory answers who and where: the divisions, units, people and registered
// issuing systems, as one consistent snapshot in memory (casefile.Directory), with the
// queries that authorisation and escalation ask of them. It holds the published division
// tree of two provinces and a development set for one city.
package directory
