// Package store keeps the record of every case in Postgres: the events, what is folded
// from them for reading, the encrypted texts, and the directory of divisions, units and
// people. It holds all SQL of the product and no rule of the domain: what may happen is
// casefile's to decide, inside the one transaction of Append.
//
//	Append     lock → load → casefile.Decide → events + read model + feed, or nothing
//	PutTexts   encrypt under the case's data key, which a master key wraps
//	Cases …    every read through the one predicate of visible.go
package store
