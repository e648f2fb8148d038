package config

import (
	"fmt"
	"io"
	"reflect"
	"strings"

	"github.com/alecthomas/kong"
)

// prefix starts every variable's name.
const prefix = "TIAOCHU_"

// Lookup finds an environment variable, as os.LookupEnv does. A variable set to the empty text
// counts as not set, since compose files and unit files can't unset one.
type Lookup func(name string) (value string, ok bool)

// Load reads the configuration from the environment and the given flags, and nothing else: for
// tests and programs without commands. It returns a *ValueError (wrapped) for a bad value.
func Load(environment Lookup, flags ...string) (*Config, error) {
	var c Config
	parser, err := kong.New(&c, append(c.Options(environment), kong.Writers(io.Discard, io.Discard))...)
	if err != nil {
		return nil, fmt.Errorf("describe configuration: %w", err)
	}
	if _, err := parser.Parse(flags); err != nil {
		return nil, fmt.Errorf("read configuration: %w", err)
	}
	if err := c.Check(); err != nil {
		return nil, err
	}
	return &c, nil
}

// Options makes kong read c: values as the table tells, the environment through the given
// lookup, defaults and help from the table. c must be the very struct that stands in the
// command line. Call Check after parsing.
func (c *Config) Options(environment Lookup) []kong.Option {
	options := []kong.Option{
		kong.Resolvers(kong.ResolverFunc(func(_ *kong.Context, _ *kong.Path, flag *kong.Flag) (any, error) {
			if v, known := byFlag(flag.Name); known && belongs(flag.Mapper) {
				if text, ok := environment(v.Name); ok && text != "" {
					return text, nil
				}
			}
			return nil, nil
		})),
		kong.PostBuild(document),
	}
	fields := reflect.ValueOf(c).Elem()
	for i := range fields.NumField() {
		if v, known := byFlag(fields.Type().Field(i).Tag.Get("name")); known {
			options = append(options, kong.ValueMapper(fields.Field(i).Addr().Interface(), mapper{v}))
		}
	}
	return options
}

// document gives kong's flags the defaults and help texts of the table.
func document(app *kong.Kong) error {
	for _, flag := range app.Model.Flags {
		m, ok := flag.Mapper.(mapper)
		if !ok {
			continue
		}
		v := m.variable
		flag.Help = fmt.Sprintf("%s (%s)", v.English, v.Name)
		flag.Default, flag.HasDefault = v.Default, v.Default != ""
		if flag.HasDefault {
			flag.OrigHelp, flag.DefaultValue = v.English, reflect.ValueOf(v.Default)
		}
	}
	return nil
}

// mapper reads one variable's value for kong.
type mapper struct{ variable Variable }

// Decode sets target from the next word of the command line, or from the text that the
// environment or the table supplied.
func (m mapper) Decode(ctx *kong.DecodeContext, target reflect.Value) error {
	text := "true" // a bare --development-tokens
	if target.Kind() != reflect.Bool || ctx.Scan.Peek().Type == kong.FlagValueToken {
		if err := ctx.Scan.PopValueInto("value", &text); err != nil {
			return err
		}
	}
	value, err := m.variable.value(text)
	if err != nil {
		return err
	}
	target.Set(reflect.ValueOf(value))
	return nil
}

func belongs(m kong.Mapper) bool {
	_, ok := m.(mapper)
	return ok
}

func byFlag(flag string) (Variable, bool) {
	for _, v := range Variables {
		if v.Flag == flag {
			return v, true
		}
	}
	return Variable{}, false
}

func environmentName(flag string) string {
	return prefix + strings.ToUpper(strings.ReplaceAll(flag, "-", "_"))
}

// text returns the field of v in c as it would be written in the environment; a password in it
// is replaced by ***.
func (c *Config) text(v Variable) string {
	fields := reflect.ValueOf(c).Elem()
	for i := range fields.NumField() {
		if fields.Type().Field(i).Tag.Get("name") != v.Flag {
			continue
		}
		if v.secret {
			return redact(fields.Field(i).String())
		}
		return fmt.Sprint(fields.Field(i).Interface())
	}
	return ""
}
