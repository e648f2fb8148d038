package compose_test

import (
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestEveryCommandThatTheFilesRunIsOneOfTheBinary(t *testing.T) {
	t.Parallel()

	binary := filepath.Join(t.TempDir(), "tiaochu")
	build := exec.CommandContext(t.Context(), "go", "build", "-o", binary, "./cmd/tiaochu")
	build.Dir = root
	output, err := build.CombinedOutput()
	require.NoError(t, err, string(output))

	commands := [][]string{{"token"}, {"import"}} // named in the comments of docker-compose.yml and in the README
	for _, service := range load(t).Services {
		if service.Build == nil {
			continue
		}
		commands = append(commands, service.Command)
		if service.HealthCheck != nil && !service.HealthCheck.Disable {
			require.Equal(t, []string{"CMD", "/tiaochu"}, []string(service.HealthCheck.Test[:2]))
			commands = append(commands, service.HealthCheck.Test[2:])
		}
	}
	for _, command := range commands {
		output, err := exec.CommandContext(t.Context(), binary, append(command, "--help")...).CombinedOutput()
		require.NoError(t, err, "tiaochu %v: %s", command, output)
		require.Contains(t, string(output), "Usage: tiaochu "+command[0])
	}
}
