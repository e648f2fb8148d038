package main

import (
	"fmt"
	"os"
	"strings"
)

// Connections a stack needs, from the pools that are configured.
const (
	// Each of Temporal's services opens its own pools.
	temporalServices         = 4
	storeConnections         = 16 // per service, for workflows and queues
	visibilityConnections    = 4  // per service, for the lists operators see
	temporalSpareConnections = 8  // what its start opens and closes
	operatorConnections      = 8  // psql, backups
	reservedConnections      = 3  // superuser_reserved_connections: ours, while the others are exhausted
)

func temporalConnections() int {
	return temporalServices*(storeConnections+visibilityConnections) + temporalSpareConnections
}

func maxConnections(product int) int {
	return temporalConnections() + product + operatorConnections + reservedConnections
}

const megabyte = 1 << 20

// machineMemory is the memory this process may use, in bytes: the machine's, or less where a
// container is given less. 4 GiB where nothing says.
func machineMemory() int64 {
	memory := int64(4 << 30)
	if content, err := os.ReadFile("/proc/meminfo"); err == nil {
		var kilobytes int64
		if _, err := fmt.Sscanf(string(content), "MemTotal: %d kB", &kilobytes); err == nil {
			memory = kilobytes << 10
		}
	}
	if content, err := os.ReadFile("/sys/fs/cgroup/memory.max"); err == nil {
		var limit int64
		if _, err := fmt.Sscan(strings.TrimSpace(string(content)), &limit); err == nil && limit > 0 {
			memory = min(memory, limit)
		}
	}
	return memory
}

// share is a fraction of the memory in bytes, held between two bounds.
func share(memory, divisor, least, most int64) int64 { return min(max(memory/divisor, least), most) }

// postgresSettings are the settings of the cluster. They are given at every start, so that a new
// version brings its own to an old folder, and settings nobody made by hand apply.
func postgresSettings(port, productConnections int, memory int64) []string {
	megabytes := func(bytes int64) string { return fmt.Sprintf("%dMB", bytes/megabyte) }
	return []string{
		"listen_addresses=127.0.0.1",
		fmt.Sprintf("port=%d", port),
		"unix_socket_directories=",
		"password_encryption=scram-sha-256",
		fmt.Sprintf("max_connections=%d", maxConnections(productConnections)),
		fmt.Sprintf("superuser_reserved_connections=%d", reservedConnections),

		// Durability is the product: an answered command is on the disk.
		"fsync=on", "full_page_writes=on", "synchronous_commit=on",

		// A forgotten transaction holds back vacuum and the event feed of every database.
		"idle_in_transaction_session_timeout=60s",
		"client_connection_check_interval=10s",
		"tcp_keepalives_idle=60",

		"shared_buffers=" + megabytes(share(memory, 8, 128*megabyte, 2048*megabyte)),
		"effective_cache_size=" + megabytes(share(memory, 2, 512*megabyte, 64<<30)),
		"maintenance_work_mem=" + megabytes(share(memory, 32, 64*megabyte, 512*megabyte)),
		"work_mem=8MB",
		"min_wal_size=128MB",
		"max_wal_size=1GB", // also bounds the recovery after a crash
		"checkpoint_timeout=5min",
		"random_page_cost=1.1",
		// A new installation's tables grow from nothing: without statistics their lists are
		// planned as if they were still empty.
		"autovacuum_naptime=10s",
		"jit=off",
		"max_worker_processes=4", "max_parallel_workers_per_gather=0",
		"wal_level=replica",
		"log_checkpoints=off",

		"timezone=UTC", "log_timezone=UTC", "lc_messages=C",
		"log_destination=stderr", "logging_collector=off",
		"log_line_prefix=%m [%p] %u@%d ",
		// Terse: the detail of a unique violation would carry the row's values into the log.
		"log_error_verbosity=terse",
		"log_min_error_statement=panic",
		"log_min_messages=warning",
	}
}
