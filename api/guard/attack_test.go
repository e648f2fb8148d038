package guard_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"runtime/debug"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/tiaochu/tiaochu/api/guard"
)

// attackVariable names the attack that a process started by the test is to run.
const attackVariable = "TIAOCHU_GUARD_ATTACK"

// Bounds of one attack: processor time until the answer (the wall's clock would measure how
// busy the machine is), and the memory of the process. An unguarded
// library overflows its stack or takes seconds and gigabytes.
const (
	attackTime   = 400 * time.Millisecond
	attackMemory = 256 << 20
)

type attack struct {
	query     string
	variables string // JSON
	code      string // of the refusal; "" where the request is harmless once looked at
}

func repeated(n int, each func(i int) string) string {
	var b strings.Builder
	for i := range n {
		b.WriteString(each(i))
	}
	return b.String()
}

// attacks are documents that kill graphql-go or keep it busy, or would the guard's own
// passes.
func attacks() map[string]attack {
	nested := func(n int) string { return strings.Repeat("[", n) + strings.Repeat("]", n) }
	doubled := func(n int) string {
		s := "id"
		for range n {
			s = "self { " + s + " } self { " + s + " }"
		}
		return "{ obj { " + s + " } }"
	}
	const tooComplex, invalid, unparsable = guard.CodeTooComplex, guard.CodeValidationFailed, guard.CodeParseFailed
	return map[string]attack{
		"a fragment cycle of two":           {query: "{obj{...A}} fragment A on Obj{...B} fragment B on Obj{...A}", code: invalid},
		"a fragment that spreads itself":    {query: "{obj{...A}} fragment A on Obj{name ...A}", code: invalid},
		"a cycle behind a field":            {query: "{obj{...A}} fragment A on Obj{self{...A}}", code: invalid},
		"a cycle in unused fragments":       {query: "{obj{id}} fragment A on Obj{...B} fragment B on Obj{...A}", code: invalid},
		"a cycle behind a namesake":         {query: "{obj{...A}} fragment A on Obj{id} fragment A on Obj{...A}", code: invalid},
		"a cycle behind an inline fragment": {query: "{obj{...A}} fragment A on Obj{... on Obj{... {...A}}}", code: invalid},
		"every fragment spreads every fragment": {
			query: "{obj{...F0}}" + repeated(16, func(i int) string {
				return fmt.Sprintf(" fragment F%d on Obj{%s}", i, repeated(16, func(j int) string { return fmt.Sprintf("...F%d ", j) }))
			}), code: invalid,
		},
		"fragments that double thirty times": {
			query: "{obj{...F0 ...G0}}" + repeated(28, func(i int) string {
				return fmt.Sprintf(" fragment F%d on Obj{...F%d ...G%d} fragment G%d on Obj{...F%d ...G%d}", i, i+1, i+1, i, i+1, i+1)
			}) + " fragment F28 on Obj{id} fragment G28 on Obj{id}", code: tooComplex,
		},
		"fields that double through fragments": {
			query: "{obj{...F0}}" + repeated(40, func(i int) string {
				return fmt.Sprintf(" fragment F%d on Obj{a:self{...F%d} b:self{...F%d}}", i, i+1, i+1)
			}) + " fragment F40 on Obj{id}", code: tooComplex,
		},
		"fields that double without aliases": {
			query: "{obj{...F0}}" + repeated(40, func(i int) string {
				return fmt.Sprintf(" fragment F%d on Obj{self{...F%d} self{...F%d}}", i, i+1, i+1)
			}) + " fragment F40 on Obj{id}", code: tooComplex,
		},
		"selections doubled twelve times":         {query: doubled(12), code: tooComplex},
		"selections doubled eight times":          {query: doubled(8), code: tooComplex},
		"a list literal a million deep":           {query: "{echo(numbers:" + nested(1_000_000) + ")}", code: tooComplex},
		"a list literal 500 deep":                 {query: "{echo(numbers:" + nested(500) + ")}", code: tooComplex},
		"a list literal of lists":                 {query: "{echo(numbers:[" + strings.Repeat(nested(18)+",", 100) + "])}", code: invalid},
		"an object literal 1,000 deep":            {query: "{echo(input:" + strings.Repeat("{a:", 1_000) + "1" + strings.Repeat("}", 1_000) + ")}", code: tooComplex},
		"selections 1,600 deep":                   {query: strings.Repeat("{self", 1_600) + strings.Repeat("}", 1_600), code: tooComplex},
		"inline fragments 5,000 deep":             {query: "{" + strings.Repeat("...{", 5_000) + "obj{id}" + strings.Repeat("}", 5_001), code: tooComplex},
		"only opening brackets":                   {query: strings.Repeat("{[(", 40_000), code: tooComplex},
		"a list type 1,000 deep":                  {query: "query($a:" + strings.Repeat("[", 1_000) + "Int" + strings.Repeat("]", 1_000) + "){obj{id}}", code: tooComplex},
		"one field 6,000 times":                   {query: "{obj{" + strings.Repeat("id ", 6_000) + "}}", code: tooComplex},
		"one field 900 times":                     {query: "{obj{" + strings.Repeat("id ", 900) + "}}", code: tooComplex},
		"one field with 600 arguments":            {query: "{obj{" + repeated(600, func(i int) string { return fmt.Sprintf("name(x:%d)", i) }) + "}}", code: tooComplex},
		"4,000 unknown directives":                {query: "{obj" + repeated(4_000, func(i int) string { return fmt.Sprintf("@d%d ", i) }) + "{id}}", code: tooComplex},
		"60 unknown directives":                   {query: "{obj" + repeated(60, func(i int) string { return fmt.Sprintf("@d%d ", i) }) + "{id}}", code: invalid},
		"10,000 aliases":                          {query: "{" + repeated(10_000, func(i int) string { return fmt.Sprintf("a%d:obj{id} ", i) }) + "}", code: tooComplex},
		"one alias for 1,000 fields":              {query: "{obj{" + strings.Repeat("a:id a:name ", 500) + "}}", code: tooComplex},
		"3,000 unknown fields":                    {query: "{obj{" + repeated(3_000, func(i int) string { return fmt.Sprintf("unknownField%d ", i) }) + "}}", code: invalid},
		"500 unknown types":                       {query: "query(" + repeated(500, func(i int) string { return fmt.Sprintf("$v%d:Unknown%d ", i, i) }) + "){obj{id}}", code: invalid},
		"900 undefined variables":                 {query: "{obj{" + repeated(60, func(i int) string { return fmt.Sprintf("name(x:$v%d) ", i) }) + "}}", code: invalid},
		"a name of 100,000 characters":            {query: "{" + strings.Repeat("a", 100_000) + "}", code: tooComplex},
		"names of 40,000 characters":              {query: "{" + strings.Repeat("a", 40_000) + " " + strings.Repeat("b", 40_000) + "}", code: tooComplex},
		"a long line and an error at its end":     {query: "{echo(text:\"" + strings.Repeat("x", 120_000) + "\"?}", code: unparsable},
		"spaces and an error at their end":        {query: "{" + strings.Repeat(" ", 120_000) + "?", code: unparsable},
		"a long number and an error at its end":   {query: "{echo(count:" + strings.Repeat("9", 8_000) + "?}", code: unparsable},
		"a longer number and an error at its end": {query: "{echo(count:" + strings.Repeat("9", 90_000) + "?}", code: tooComplex},
		"a string without an end":                 {query: "{echo(text:\"" + strings.Repeat("x", 120_000), code: unparsable},
		"a block string without an end":           {query: "{echo(text:\"\"\"" + strings.Repeat("x\n", 60_000), code: unparsable},
		"commas":                                  {query: strings.Repeat(",", 131_000), code: invalid},
		"two megabytes":                           {query: "{obj{id}}" + strings.Repeat("#", 2<<20), code: tooComplex},
		"a number without an end":                 {query: "{echo(count:-", code: unparsable},
		"an escape without an end":                {query: "{echo(text:\"\\u12", code: unparsable},
		"a zero byte":                             {query: "{obj{id\x00}}", code: unparsable},
		"80 operations":                           {query: repeated(80, func(i int) string { return fmt.Sprintf("query Q%d($a:Int $b:Int){obj{...F}} ", i) }) + "fragment F on Obj{" + repeated(60, func(i int) string { return fmt.Sprintf("name(x:$u%d) ", i) }) + "}", code: tooComplex},
		"introspection in circles": {
			query: "{__schema{types{" + strings.Repeat("fields{type{", 9) + "name" + strings.Repeat("}}", 9) + "}}}", code: tooComplex,
		},
		"introspection fifty times": {query: "{" + repeated(50, func(i int) string {
			return fmt.Sprintf("a%d:__schema{types{fields{args{type{name kind}}}}} ", i)
		}) + "}", code: tooComplex},
		"a scalar whose literal panics": {query: "{echo(explosive:1)}", code: invalid},
		"a scalar whose value panics":   {query: "query($e:Explosive){echo(explosive:$e)}", variables: `{"e":1}`, code: guard.CodeBadUserInput},
		"variables 9,000 deep":          {query: "query($n:[Int]){echo(numbers:$n)}", variables: `{"n":` + nested(9_000) + `}`, code: guard.CodeBadUserInput},
		"100,000 wrong elements":        {query: "query($n:[Int]){echo(numbers:$n)}", variables: `{"n":[` + strings.TrimSuffix(strings.Repeat(`"x",`, 100_000), ",") + `]}`, code: guard.CodeBadUserInput},
		"100,000 unknown fields":        {query: "query($i:ThingInput){echo(input:$i)}", variables: `{"i":{` + repeated(100_000, func(i int) string { return fmt.Sprintf(`"f%d":1,`, i) }) + `"key":"k"}}`, code: guard.CodeBadUserInput},
		"a number of 100,000 digits":    {query: "query($a:Long){echo(amount:$a)}", variables: `{"a":` + strings.Repeat("9", 100_000) + `}`, code: guard.CodeBadUserInput},
		"an exponent of a billion":      {query: "query($a:Long){echo(amount:$a)}", variables: `{"a":1e1000000000}`, code: guard.CodeBadUserInput},
		"a literal of 8,000 digits":     {query: "{echo(amount:" + strings.Repeat("9", 8_000) + ")}", code: invalid},
		"the largest query that passes": {query: "{" + repeated(19, func(i int) string {
			return fmt.Sprintf("a%d:obj{...F%d} ", i, i)
		}) + "}" + repeated(19, func(i int) string {
			return fmt.Sprintf(" fragment F%d on Obj{self{list{self{list{id name color}} name color} self{self{self{id}}}} id name color}", i)
		})},
	}
}

// attackReport is what an attacked process prints.
type attackReport struct {
	Took   time.Duration
	Memory uint64
	Codes  []string
	Length int // bytes of all messages
	Failed string
}

// TestMain runs an attack instead of the tests where the environment names one.
func TestMain(m *testing.M) {
	name := os.Getenv(attackVariable)
	if name == "" {
		os.Exit(m.Run())
	}
	debug.SetMemoryLimit(attackMemory)
	_ = json.NewEncoder(os.Stdout).Encode(endure(attacks()[name]))
}

func endure(a attack) attackReport {
	g, err := guard.New(testSchema(), guard.Limits{})
	if err != nil {
		return attackReport{Failed: err.Error()}
	}
	request := guard.Request{Query: a.query}
	if a.variables != "" {
		d := json.NewDecoder(strings.NewReader(a.variables))
		d.UseNumber()
		if err := d.Decode(&request.Variables); err != nil {
			return attackReport{Failed: err.Error()}
		}
	}
	before := processorTime()
	_, refused, err := g.Prepare(request)
	report := attackReport{Took: processorTime() - before}
	if err != nil {
		report.Failed = err.Error()
	}
	var memory runtime.MemStats
	runtime.ReadMemStats(&memory)
	report.Memory = memory.Sys
	for _, e := range refused {
		report.Codes = append(report.Codes, e.Code())
		report.Length += len(e.Message)
	}
	return report
}

// processorTime is what this process has used so far.
func processorTime() time.Duration {
	var usage syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &usage); err != nil {
		panic(err)
	}
	return time.Duration(usage.Utime.Nano() + usage.Stime.Nano())
}

// TestNothingSentCanKillOrOccupyTheProcess sends each attack to a process of its own, which
// must live, answer in time, stay small, and answer briefly.
func TestNothingSentCanKillOrOccupyTheProcess(t *testing.T) {
	t.Parallel()
	for name, a := range attacks() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			command := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^$")
			command.Env = append(os.Environ(), attackVariable+"="+name)
			var stdout, stderr bytes.Buffer
			command.Stdout, command.Stderr = &stdout, &stderr
			err := command.Run()
			require.NoError(t, err, "the process died: %.2000s", stderr.String())
			var report attackReport
			require.NoError(t, json.Unmarshal(stdout.Bytes(), &report), stdout.String())
			t.Logf("%v, %d KiB, %d errors, %d bytes of messages", report.Took, report.Memory>>10, len(report.Codes), report.Length)
			require.Empty(t, report.Failed)
			require.Less(t, report.Took, attackTime*slowdown)
			require.Less(t, report.Memory, uint64(attackMemory))
			require.LessOrEqual(t, len(report.Codes), 20)
			require.Less(t, report.Length, 20*2_100)
			if a.code == "" {
				require.Empty(t, report.Codes)
				return
			}
			require.NotEmpty(t, report.Codes)
			require.Equal(t, a.code, report.Codes[0])
		})
	}
}
