package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"sort"
	"strconv"
	"strings"
	"syscall"
	"time"

	"github.com/jackc/pgx/v5"
)

// cluster is the private Postgres cluster below postgres/ of the data folder.
type cluster struct {
	folder    *folder
	programs  string // the folder of postgres and initdb
	servant   *servant
	passwords passwords
	port      int
	settings  []string
}

// oldestPostgres is the oldest major version whose behaviour this stack relies on.
const oldestPostgres = 14

// findPostgres answers the folder of the Postgres programs: given, on the PATH, or in the usual
// place of Debian (the newest version there).
func findPostgres(given string) (string, error) {
	candidates := []string{given}
	if given == "" {
		candidates = nil
		if path, err := exec.LookPath("postgres"); err == nil {
			if real, err := filepath.EvalSymlinks(path); err == nil {
				candidates = append(candidates, filepath.Dir(real))
			}
		}
		distribution, _ := filepath.Glob("/usr/lib/postgresql/*/bin")
		sort.Slice(distribution, func(i, j int) bool { return majorOf(distribution[i]) > majorOf(distribution[j]) })
		candidates = append(candidates, distribution...)
		candidates = append(candidates, "/usr/pgsql/bin", "/usr/local/pgsql/bin")
	}
	for _, programs := range candidates {
		if isProgram(filepath.Join(programs, "postgres")) && isProgram(filepath.Join(programs, "initdb")) {
			return programs, nil
		}
	}
	return "", errors.New("no Postgres installation found (postgres and initdb, on the PATH or in /usr/lib/postgresql/*/bin): " +
		"on Debian and Ubuntu, apt-get install postgresql")
}

func majorOf(programs string) int {
	major, _ := strconv.Atoi(filepath.Base(filepath.Dir(programs)))
	return major
}

func isProgram(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.Mode().IsRegular() && info.Mode().Perm()&0o111 != 0
}

// version is the major version of the programs found.
func (c *cluster) version(ctx context.Context) (int, error) {
	cmd := exec.CommandContext(ctx, filepath.Join(c.programs, "postgres"), "--version")
	cmd.Dir, cmd.Env = "/", childEnvironment()
	cmd.SysProcAttr = &syscall.SysProcAttr{Credential: c.servant.credential()}
	output, err := cmd.Output()
	if err != nil {
		return 0, fmt.Errorf("%s: %w", cmd.Path, err)
	}
	fields := strings.Fields(string(output)) // postgres (PostgreSQL) 15.13 (Debian ...)
	if len(fields) < 3 {
		return 0, fmt.Errorf("%s --version says %q", cmd.Path, output)
	}
	major, err := strconv.Atoi(strings.SplitN(fields[2], ".", 2)[0])
	if err != nil {
		return 0, fmt.Errorf("%s --version says %q", cmd.Path, output)
	}
	return major, nil
}

// exists answers whether the cluster has been made, as a whole.
func (c *cluster) exists() bool {
	_, err := os.Stat(c.folder.file("postgres"))
	return err == nil
}

// create makes the cluster beside its place and moves it there when it is complete, so that a start
// killed half-way leaves nothing that looks like a cluster.
func (c *cluster) create(ctx context.Context) error {
	unfinished := c.folder.file("postgres.new")
	if err := os.RemoveAll(unfinished); err != nil {
		return err
	}
	if err := os.Mkdir(unfinished, 0o700); err != nil {
		return err
	}
	passwordFile := c.folder.file("secrets", "initdb")
	if err := c.folder.writeAtomically("secrets/initdb", []byte(c.passwords.superuser+"\n")); err != nil {
		return err
	}
	defer os.Remove(passwordFile)
	if c.servant != nil {
		for _, path := range []string{unfinished, passwordFile} {
			if err := os.Chown(path, int(c.servant.uid), int(c.servant.gid)); err != nil {
				return err
			}
		}
	}
	handed, paths, err := c.hand(unfinished, passwordFile)
	if err != nil {
		return err
	}
	cmd := exec.Command(filepath.Join(c.programs, "initdb"),
		"--pgdata", paths[0], "--pwfile", paths[1],
		"--username", superuserRole, "--auth-host=scram-sha-256", "--auth-local=reject",
		"--encoding=UTF8", "--locale=C.UTF-8", "--data-checksums", "--no-instructions")
	cmd.Dir, cmd.Env, cmd.ExtraFiles = "/", childEnvironment(), handed
	output := &boundedLog{path: c.folder.file("log", "initdb.log"), limit: logLimit}
	if err := output.open(); err != nil {
		return err
	}
	defer output.file.Close()
	cmd.Stdout, cmd.Stderr = output, output
	cmd.WaitDelay = time.Second
	err = spawn.start(cmd, syscall.SIGKILL, c.servant.credential())
	for _, each := range handed {
		_ = each.Close()
	}
	if err != nil {
		return fmt.Errorf("initdb: %w", err)
	}
	stopKilling := context.AfterFunc(ctx, func() { _ = syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) })
	err = cmd.Wait()
	stopKilling()
	if err != nil {
		return fmt.Errorf("initdb: %w:\n%s", err, indent(output.lastLines()))
	}
	if err := c.writeAccessRules("postgres.new"); err != nil {
		return err
	}
	if err := os.Rename(unfinished, c.folder.file("postgres")); err != nil {
		return err
	}
	return syncDirectory(c.folder.path)
}

// writeAccessRules lets in who has a password, over loopback, and nobody else. The cluster's folder
// may belong to another user than this process, so nothing in it is followed out of it.
func (c *cluster) writeAccessRules(name string) error {
	root, err := os.OpenRoot(c.folder.file(name))
	if err != nil {
		return err
	}
	defer root.Close()
	if err := root.Remove("pg_hba.conf"); err != nil && !errors.Is(err, os.ErrNotExist) {
		return err
	}
	file, err := root.OpenFile("pg_hba.conf", os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	defer file.Close()
	if _, err := file.WriteString("# Written by tiaochu-embedded at every start.\nhost all all 127.0.0.1/32 scram-sha-256\n"); err != nil {
		return err
	}
	if c.servant != nil {
		if err := file.Chown(int(c.servant.uid), int(c.servant.gid)); err != nil {
			return err
		}
	}
	return file.Sync()
}

// hand opens the paths for a child process that may not be able to walk to them: as root we run it
// as another user, and any folder above may be closed to that one. The child gets them as inherited
// file descriptors and names them through /proc. As an ordinary user it simply gets the paths.
func (c *cluster) hand(paths ...string) (handed []*os.File, names []string, err error) {
	if c.servant == nil {
		return nil, paths, nil
	}
	for i, path := range paths {
		file, err := os.Open(path)
		if err != nil {
			for _, each := range handed {
				_ = each.Close()
			}
			return nil, nil, err
		}
		handed = append(handed, file)
		names = append(names, fmt.Sprintf("/proc/self/fd/%d", 3+i)) // os/exec hands them out from 3
	}
	return handed, names, nil
}

// command is the server process.
func (c *cluster) command(context.Context) (*exec.Cmd, func() error, error) {
	if err := endPostgresOrphans(c.folder); err != nil {
		return nil, nil, err
	}
	if err := c.writeAccessRules("postgres"); err != nil {
		return nil, nil, err
	}
	handed, names, err := c.hand(c.folder.file("postgres"))
	if err != nil {
		return nil, nil, err
	}
	cmd := exec.Command(filepath.Join(c.programs, "postgres"), "-D", names[0])
	for _, setting := range c.settings {
		cmd.Args = append(cmd.Args, "-c", setting)
	}
	cmd.Dir, cmd.Env, cmd.ExtraFiles = "/", childEnvironment(), handed
	return cmd, nil, nil
}

// childEnvironment keeps from our children what the environment could change in them: PG*, proxies,
// exporters, credentials.
func childEnvironment() []string {
	return []string{"PATH=/usr/bin:/bin", "LANG=C.UTF-8", "LC_ALL=C.UTF-8", "TZ=UTC"}
}

// url is where a role finds a database. Only a server that proves to know the password's verifier
// is talked to: while ours restarts, another user's process could sit on its port.
func (c *cluster) url(role, password, database string) string {
	return fmt.Sprintf("postgres://%s:%s@127.0.0.1:%d/%s?sslmode=disable&require_auth=scram-sha-256", role, password, c.port, database)
}

// superuser opens a connection that may do everything.
func (c *cluster) superuser(ctx context.Context, database string) (*pgx.Conn, error) {
	ctx, cancel := context.WithTimeout(ctx, 10*time.Second)
	defer cancel()
	return pgx.Connect(ctx, c.url(superuserRole, c.passwords.superuser, database))
}

// answers is nil when the server takes commands.
func (c *cluster) answers(ctx context.Context) error {
	connection, err := c.superuser(ctx, "postgres")
	if err != nil {
		return err
	}
	return connection.Close(ctx)
}

// checkVersion refuses a cluster of another major version, which Postgres can't open, before it is
// started in vain.
func (c *cluster) checkVersion(programs int) error {
	content, err := os.ReadFile(c.folder.file("postgres", "PG_VERSION"))
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	if made := strings.TrimSpace(string(content)); made != strconv.Itoa(programs) {
		return fmt.Errorf("the database in %s was made by Postgres %s, but %s is Postgres %d: name the folder of the former with --postgres-programs, or move the data with pg_upgrade",
			c.folder.file("postgres"), made, c.programs, programs)
	}
	return nil
}
