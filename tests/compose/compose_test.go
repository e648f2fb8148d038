// Package compose_test checks the files an office runs Tiaochu from in containers, without an
// engine: docker-compose.yml, by the loader that docker compose itself uses, and the Dockerfile.
package compose_test

import (
	"bytes"
	"maps"
	"net/url"
	"os"
	"os/exec"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/compose-spec/compose-go/v2/loader"
	"github.com/compose-spec/compose-go/v2/types"
	"github.com/stretchr/testify/require"

	"github.com/tiaochu/tiaochu/config"
)

const (
	root        = "../.."
	composeFile = root + "/docker-compose.yml"
)

// product are the services that run bin/tiaochu.
var product = []string{"migrate", "worker", "api"}

// load reads docker-compose.yml as `docker compose` does with these three passwords in .env.
func load(t *testing.T) *types.Project {
	t.Helper()
	project, err := loader.LoadWithContext(t.Context(), types.ConfigDetails{
		WorkingDir:  root,
		ConfigFiles: []types.ConfigFile{{Filename: composeFile}},
		Environment: types.Mapping{"POSTGRES_PASSWORD": "p", "TEMPORAL_PASSWORD": "t", "DATABASE_PASSWORD": "d"},
	})
	require.NoError(t, err)
	return project
}

func longRunning(s types.ServiceConfig) bool { return s.Restart == types.RestartPolicyUnlessStopped }

func settings(s types.ServiceConfig) map[string]string {
	values := map[string]string{}
	for name, value := range s.Environment {
		if value != nil {
			values[name] = *value
		}
	}
	return values
}

func TestTheComposeFileIsValidAndHasWhatARunningTiaochuNeeds(t *testing.T) {
	t.Parallel()

	project := load(t)
	require.Equal(t, "tiaochu", project.Name)
	require.Subset(t, project.ServiceNames(), append([]string{"postgres", "temporal", "temporal-ui"}, product...))

	text, err := os.ReadFile(composeFile)
	require.NoError(t, err)
	require.NotRegexp(t, `(?m)^version:`, string(text), "the version key is deprecated")
}

func TestEverySettingIsOneThatTheConfigurationKnowsAndReads(t *testing.T) {
	t.Parallel()

	project := load(t)
	for _, name := range product {
		t.Run(name, func(t *testing.T) {
			t.Parallel()

			values := settings(project.Services[name])
			require.NotEmpty(t, values["TIAOCHU_POSTGRES_URL"])
			require.NotEmpty(t, values["TIAOCHU_TEMPORAL_ADDRESS"])
			maps.Copy(values, imageSettings(t))
			maps.Copy(values, settings(project.Services[name])) // a service's settings win over the image's
			var environment []string
			for key, value := range values {
				environment = append(environment, key+"="+value)
			}
			require.Empty(t, config.Strays(environment))
			_, err := config.Load(func(key string) (string, bool) { value, ok := values[key]; return value, ok })
			require.NoError(t, err)
		})
	}
	for name, service := range project.Services {
		if !slices.Contains(product, name) {
			for key := range service.Environment {
				require.False(t, strings.HasPrefix(key, "TIAOCHU_"), "%s sets %s, which only the product reads", name, key)
			}
		}
	}
}

func TestProductServicesMeetOnTheSameDatabaseAndTemporal(t *testing.T) {
	t.Parallel()

	project := load(t)
	for _, name := range product {
		values := settings(project.Services[name])
		database, err := url.Parse(values["TIAOCHU_POSTGRES_URL"])
		require.NoError(t, err)
		require.Contains(t, project.ServiceNames(), database.Hostname())
		host, _, _ := strings.Cut(values["TIAOCHU_TEMPORAL_ADDRESS"], ":")
		require.Contains(t, project.ServiceNames(), host)
		require.Contains(t, project.Configs["temporal_namespace"].Content, "--namespace "+values["TIAOCHU_TEMPORAL_NAMESPACE"]+" ")
		require.Contains(t, project.Configs["databases"].Content, "create role "+database.User.Username()+" login")
		require.Contains(t, project.Configs["databases"].Content, "create database "+strings.TrimPrefix(database.Path, "/")+" owner")
	}
}

func TestPostgresTakesTheConnectionsOfEveryProcessAlsoWhileOneIsReplaced(t *testing.T) {
	t.Parallel()

	project := load(t)
	const temporalServices, perTemporalService, superuser = 4, 20 + 10, 3
	needed := temporalServices*perTemporalService + superuser
	for _, name := range []string{"worker", "api"} {
		values := settings(project.Services[name])
		c, err := config.Load(func(key string) (string, bool) { value, ok := values[key]; return value, ok })
		require.NoError(t, err)
		needed += 2 * c.PostgresPool
	}
	allowed := regexp.MustCompile(`max_connections=(\d+)`).FindStringSubmatch(strings.Join(project.Services["postgres"].Command, " "))
	require.Len(t, allowed, 2)
	limit, err := strconv.Atoi(allowed[1])
	require.NoError(t, err)
	require.LessOrEqual(t, needed, limit)
}

func TestEveryLongRunningServiceHasAHealthCheckOrSaysWhyNot(t *testing.T) {
	t.Parallel()

	checked := 0
	for name, service := range load(t).Services {
		if !longRunning(service) {
			continue
		}
		if reason, given := service.Extensions["x-no-healthcheck"]; given {
			require.NotEmpty(t, reason, name)
			continue
		}
		checked++
		require.NotNil(t, service.HealthCheck, name)
		require.False(t, service.HealthCheck.Disable, name)
		require.NotEmpty(t, service.HealthCheck.Test, name)
		require.NotNil(t, service.HealthCheck.Interval, name)
	}
	require.GreaterOrEqual(t, checked, 4, "postgres, temporal, worker and api")
}

func TestWhatRunsOnceIsWaitedForUntilItSucceeded(t *testing.T) {
	t.Parallel()

	project := load(t)
	awaited := map[string]bool{}
	for name, service := range project.Services {
		for dependency, how := range service.DependsOn {
			on := project.Services[dependency]
			if longRunning(on) {
				require.Equal(t, types.ServiceConditionHealthy, how.Condition, "%s needs %s healthy", name, dependency)
			} else {
				require.Equal(t, types.ServiceConditionCompletedSuccessfully, how.Condition, "%s needs %s done", name, dependency)
				awaited[dependency] = true
			}
		}
	}
	for name, service := range project.Services {
		if !longRunning(service) {
			require.True(t, awaited[name], "%s runs once and nothing waits for it", name)
		}
	}
}

func TestDataLivesInNamedVolumes(t *testing.T) {
	t.Parallel()

	project := load(t)
	used := map[string]bool{}
	for name, service := range project.Services {
		for _, mount := range service.Volumes {
			require.Equal(t, types.VolumeTypeVolume, mount.Type, name)
			require.Contains(t, project.Volumes, mount.Source, "%s mounts an unnamed volume at %s", name, mount.Target)
			used[mount.Source] = true
		}
	}
	require.Len(t, used, len(project.Volumes))

	postgres := project.Services["postgres"].Volumes
	require.Len(t, postgres, 1)
	require.Equal(t, "/var/lib/postgresql", postgres[0].Target, "since 18 the image keeps its data below a folder of the version")
	for _, name := range product {
		mounts := project.Services[name].Volumes
		require.Len(t, mounts, 1)
		require.Equal(t, settings(project.Services[name])["TIAOCHU_DATA"], mounts[0].Target)
		require.Equal(t, name != "migrate", mounts[0].ReadOnly, "only migrate makes keys")
	}
}

func TestImagesArePinnedCurrentAndOfOneTemporal(t *testing.T) {
	t.Parallel()

	pinned := regexp.MustCompile(`^[a-z0-9./-]+:\d+\.\d+(\.\d+)?$`)
	version := map[string]string{}
	for name, service := range load(t).Services {
		if service.Build != nil {
			require.Contains(t, product, name)
			continue
		}
		require.Regexp(t, pinned, service.Image, name)
		require.NotContains(t, service.Image, "auto-setup", "deprecated")
		image, tag, _ := strings.Cut(service.Image, ":")
		version[image] = tag
	}
	require.Equal(t, version["temporalio/server"], version["temporalio/admin-tools"], "the schema must fit the server")

	embedded, err := os.ReadFile(root + "/embedded/go.mod")
	require.NoError(t, err)
	server := regexp.MustCompile(`go\.temporal\.io/server v(\d+\.\d+)\.`).FindSubmatch(embedded)
	require.NotNil(t, server)
	require.True(t, strings.HasPrefix(version["temporalio/server"], string(server[1])+"."), "the embedded stack is the same Temporal")
}

func TestPortsArePublishedOnThisMachineOnly(t *testing.T) {
	t.Parallel()

	published := 0
	for name, service := range load(t).Services {
		for _, port := range service.Ports {
			published++
			require.Equal(t, "127.0.0.1", port.HostIP, "%s publishes %s", name, port.Published)
		}
	}
	require.Equal(t, 2, published, "the API and Temporal's UI")
}

func TestNoPasswordStandsInTheFileAndNoneHasADefault(t *testing.T) {
	t.Parallel()

	project := load(t)
	for name, secret := range project.Secrets {
		require.NotEmpty(t, secret.Environment, name)
		require.Empty(t, secret.File, name)
	}
	for name, service := range project.Services {
		for key, value := range settings(service) {
			if strings.HasSuffix(key, "_FILE") {
				continue
			}
			require.NotRegexp(t, `(?i)(PASSWORD|PWD|SECRET|TOKEN)$`, key, "%s has a secret in its environment", name)
			if u, err := url.Parse(value); err == nil && u.User != nil {
				_, has := u.User.Password()
				require.False(t, has, "%s has a password in %s", name, key)
			}
		}
		for _, secret := range service.Secrets {
			require.Contains(t, project.Secrets, secret.Source, name)
		}
	}
}

func TestTheProductRunsWithoutPrivileges(t *testing.T) {
	t.Parallel()

	project := load(t)
	for _, name := range product {
		service := project.Services[name]
		require.True(t, service.ReadOnly, name)
		require.False(t, service.Privileged, name)
		require.Equal(t, []string{"ALL"}, service.CapDrop, name)
		require.Contains(t, service.SecurityOpt, "no-new-privileges:true", name)
		require.Empty(t, service.User, "the image's own user, which is not root")
	}
	require.True(t, project.Networks["backend"].Internal)
}

func TestTheScriptsOfTheFileAreShell(t *testing.T) {
	t.Parallel()

	scripts := 0
	for name, service := range load(t).Services {
		for _, mounted := range service.Configs {
			if !strings.HasSuffix(mounted.Target, ".sh") {
				continue
			}
			scripts++
			check := exec.CommandContext(t.Context(), "sh", "-n")
			check.Stdin = strings.NewReader(load(t).Configs[mounted.Source].Content)
			var complaint bytes.Buffer
			check.Stderr = &complaint
			require.NoError(t, check.Run(), "%s: %s", name, complaint.String())
		}
	}
	require.Equal(t, 3, scripts)
}
