package config

// The processes that read a variable, as they stand in the table.
const (
	Dev     = "dev"
	API     = "api"
	Worker  = "worker"
	Migrate = "migrate"
	Tools   = "tools" // the commands a person runs beside them: import, token, verify, bench …
)

var (
	everyProcess = []string{Dev, API, Worker, Migrate, Tools}
	withPostgres = []string{API, Worker, Migrate, Tools}
	withTemporal = []string{Dev, API, Worker, Tools}
)

// Variable is one row of the configuration table: an environment variable, its flag, and what
// a reader needs to know to set it.
type Variable struct {
	// Name is the environment variable, always TIAOCHU_ and the flag in capitals.
	Name string
	// Flag is the command-line flag without its dashes, which is also the field's name tag.
	Flag string
	// Default is the value where neither flag nor environment sets one; empty means unset.
	Default string
	// Expects says which values are taken, as an error message ends: "a whole number from 2 to 1000".
	Expects string
	// English is the meaning for readers of English.
	English string
	// Chinese is the meaning for readers of Chinese.
	Chinese string
	// Processes are those that read the variable: Dev, API, Worker, Migrate, Tools.
	Processes []string

	read   reader
	secret bool // the value may hold a password and is never shown whole
}

// Variables is every variable that Tiaochu knows, in the order in which they are documented.
// Callers must not change it.
var Variables = []Variable{
	define("data", ".data", folder, everyProcess,
		"Folder of the embedded stack and of the key files; created with mode 0700.",
		"内置环境与密钥文件所在文件夹，创建时权限为 0700。"),
	define("listen", "127.0.0.1:8080", address, []string{Dev, API},
		"Where the API listens: /graphql, /files, /graphiql, /healthz, /readyz. Put a TLS proxy before any address that is not loopback.",
		"接口监听地址：/graphql、/files、/graphiql、/healthz、/readyz。非本机地址前须另设 TLS 代理。"),
	define("worker-listen", "", optional(address), []string{Dev, Worker},
		"Where a worker serves /healthz and /readyz; empty: nowhere.",
		"工作进程提供 /healthz 与 /readyz 的地址；留空则不提供。"),
	secret(define("postgres-url", "", optional(postgresURL), withPostgres,
		"Postgres that holds the record; empty: the embedded one of TIAOCHU_DATA. Leave the password to TIAOCHU_POSTGRES_PASSWORD_FILE.",
		"存放案件记录的 Postgres；留空则用 TIAOCHU_DATA 中的内置数据库。密码请放入 TIAOCHU_POSTGRES_PASSWORD_FILE。")),
	define("postgres-password-file", "", optional(file), withPostgres,
		"File with the password for TIAOCHU_POSTGRES_URL; the line end is ignored.",
		"存放 TIAOCHU_POSTGRES_URL 密码的文件，忽略行尾换行。"),
	define("postgres-pool", "16", wholeNumber(2, 1000), []string{Dev, API, Worker, Tools},
		"Largest number of Postgres connections of one process. The sum over all processes must stay below max_connections.",
		"单个进程的 Postgres 最大连接数；所有进程之和须小于 max_connections。"),
	define("postgres-port", "0", port, []string{Dev},
		"Loopback port of the embedded Postgres; 0 chooses a free one.",
		"内置 Postgres 的本机端口；0 表示自动选择空闲端口。"),
	define("temporal-address", "", optional(address), withTemporal,
		"Temporal's frontend; empty: the embedded one of TIAOCHU_DATA.",
		"Temporal 前端地址；留空则用 TIAOCHU_DATA 中的内置服务。"),
	define("temporal-namespace", "tiaochu", identifier, withTemporal,
		"Temporal namespace in which the cases live.",
		"案件所在的 Temporal 命名空间。"),
	define("temporal-tls-ca", "", optional(file), withTemporal,
		"Certificate authorities trusted for Temporal (PEM); empty: the system's, where TLS is on.",
		"信任的 Temporal 证书颁发机构文件（PEM）；启用 TLS 而留空时用系统自带的。"),
	define("temporal-tls-cert", "", optional(file), withTemporal,
		"Client certificate shown to Temporal (PEM); needs TIAOCHU_TEMPORAL_TLS_KEY.",
		"连接 Temporal 用的客户端证书（PEM），须同时设置 TIAOCHU_TEMPORAL_TLS_KEY。"),
	define("temporal-tls-key", "", optional(file), withTemporal,
		"Private key of TIAOCHU_TEMPORAL_TLS_CERT (PEM).",
		"TIAOCHU_TEMPORAL_TLS_CERT 的私钥（PEM）。"),
	define("temporal-tls-server-name", "", optional(hostName), withTemporal,
		"Name expected in Temporal's certificate, where it is not the host of the address.",
		"Temporal 证书中应有的名称，仅在与地址中的主机名不同时设置。"),
	define("temporal-port", "0", port, []string{Dev},
		"Loopback port of the embedded Temporal frontend; 0 chooses a free one.",
		"内置 Temporal 前端的本机端口；0 表示自动选择空闲端口。"),
	define("task-queue", "cases", identifier, withTemporal,
		"Task queue of the case workflows; the same for API and workers.",
		"案件流程的任务队列，接口与工作进程须一致。"),
	define("build-id", "", optional(identifier), []string{Dev, Worker},
		"Worker build for Temporal's versioning; empty: the id of the binary (`tiaochu version`).",
		"Temporal 版本管理所用的工作进程构建号；留空则用程序自身的构建号（`tiaochu version`）。"),
	define("worker-cache-mib", "256", wholeNumber(1, 1<<20), []string{Dev, Worker},
		"Memory in MiB that a worker spends on idle cases, about 60 KiB each; others are replayed at their next command. Memory that is held costs processor time too.",
		"工作进程缓存空闲案件的内存（MiB），每件约 60 KiB；其余案件在下次操作时重放。占用内存也耗费处理器时间。"),
	define("master-key-file", "", optional(file), everyProcess,
		"Master key that wraps the data key of every case; empty: master.key in TIAOCHU_DATA. Without it the texts are lost: back it up apart from the database.",
		"主密钥文件，用于加密每件案件的数据密钥；留空则用 TIAOCHU_DATA 中的 master.key。丢失后正文无法恢复，须与数据库分开备份。"),
	define("token-key-file", "", optional(file), []string{Dev, API, Tools},
		"Key that signs bearer tokens; empty: token.key in TIAOCHU_DATA.",
		"签发登录令牌的密钥文件；留空则用 TIAOCHU_DATA 中的 token.key。"),
	define("development-tokens", "false", yesNo, []string{Dev, API},
		"Accept the tokens that `tiaochu token` prints, on a loopback address only; `tiaochu dev` turns it on where no TIAOCHU_OIDC_ISSUER is set.",
		"是否接受 `tiaochu token` 签发的开发令牌，仅限本机地址；未设置 TIAOCHU_OIDC_ISSUER 时 `tiaochu dev` 自动开启。"),
	define("oidc-issuer", "", optional(issuerURL), []string{Dev, API},
		"Identity provider that signs people in by OpenID Connect; empty: none. People are found by the subject that the directory has of them.",
		"负责登录的 OpenID Connect 身份提供方；留空则无。系统按人员名录中登记的 subject 识别人员。"),
	define("oidc-audience", "", optional(word), []string{Dev, API},
		"The audience (aud) that a token must be made for: this API as the identity provider knows it.",
		"令牌的受众（aud），即本接口在身份提供方登记的标识。"),
	define("oidc-subject-claim", "sub", word, []string{Dev, API},
		"The claim of a token that names the person for good.",
		"令牌中用于长期标识人员的声明。"),
	define("oidc-roles-claim", "", optional(word), []string{Dev, API},
		"The claim of a token that says what somebody may do, such as roles or realm_access.roles; empty: roles are those of the directory.",
		"令牌中说明人员角色的声明，例如 roles 或 realm_access.roles；留空则以人员名录中的角色为准。"),
	define("oidc-roles", "", optional(file), []string{Dev, API},
		"File that says which role at which unit each value of TIAOCHU_OIDC_ROLES_CLAIM gives, and whether unknown people are entered.",
		"说明 TIAOCHU_OIDC_ROLES_CLAIM 每个取值对应何单位何角色、是否自动登记未知人员的文件。"),
	define("log-level", "info", logLevel, everyProcess,
		"Least level that is logged.",
		"日志最低级别。"),
	define("log-format", "text", logFormat, everyProcess,
		"How a log line is written; json in production.",
		"日志格式；生产环境用 json。"),
	define("command-timeout", "10s", duration(minCommandTimeout, maxCommandTimeout), []string{Dev, API},
		"How long the API waits for a command before it answers UNAVAILABLE; the command may then be sent again with the same key.",
		"接口等待命令结果的时限，超时返回 UNAVAILABLE；之后可用同一幂等键重试。"),
	define("api-heap-mib", "0", wholeNumber(0, 1<<20), []string{Dev, API},
		"Memory in MiB up to which the API lets garbage gather to four times what it has in use, or to an eighth of this, which spares processor; above it, garbage is collected as Go does by itself. 0: a quarter of the machine's memory, or of the container's.",
		"接口进程内存在此上限（MiB）以内时，允许垃圾累积到在用内存的四倍（或此上限的八分之一）再回收，以节省处理器；超出后按 Go 默认方式回收。0 表示取本机（或容器）内存的四分之一。"),
	define("live-connections", "10000", wholeNumber(1, 1<<20), []string{Dev, API},
		"How many WebSockets and event streams one API process keeps open for subscriptions; about 0.1 MiB each.",
		"单个接口进程为订阅保持的 WebSocket 与事件流连接上限，每个约占 0.1 MiB。"),
	define("live-connections-per-person", "20", wholeNumber(1, 1<<20), []string{Dev, API},
		"How many of them one person may have, as with many open pages.",
		"每人可同时保持的此类连接数，例如同时打开多个页面。"),
	define("live-subscriptions", "50", wholeNumber(1, 1<<20), []string{Dev, API},
		"How many operations one WebSocket may have under way at once.",
		"一个 WebSocket 上可同时进行的操作数。"),
	define("cost-limits", "NOBODY=20000,OTHERS=20000,MANAGER=50000,LEADER=50000,SUPERVISOR=50000,ANALYST=50000,INTEGRATION=50000,ADMIN=50000",
		byRole(50_000), []string{Dev, API},
		"Largest cost of one operation: about how many values it would produce. Who has several roles has the highest of them; NOBODY is who isn't signed in.",
		"单次操作的最大成本，即预计产生的值的数目。一人多角色时取其中最高者；NOBODY 指未登录者。"),
	define("rate-limits", "NOBODY=120000,OTHERS=600000,MANAGER=1200000,LEADER=1200000,SUPERVISOR=1200000,ANALYST=1200000,INTEGRATION=3000000,ADMIN=3000000",
		byRole(1_000_000_000), []string{Dev, API},
		"Cost that one person, or one address where nobody is signed in, may ask one API process for in a minute, half of it at once; beyond it RATE_LIMITED and HTTP 429.",
		"每人（未登录时为每个地址）每分钟可向单个接口进程请求的总成本，其中一半可一次用完；超出时返回 RATE_LIMITED 与 HTTP 429。"),
	define("trusted-documents", "", optional(fileOrFolder), []string{Dev, API},
		"JSON file of GraphQL documents that requests may name by documentId, as relay-compiler and graphql-codegen write it, or a folder of such; checked against the schema at start. Empty: none.",
		"请求可用 documentId 引用的 GraphQL 文档（JSON 文件，格式同 relay-compiler、graphql-codegen 的输出，或存放此类文件的文件夹），启动时按 schema 检查；留空则无。"),
	define("trusted-documents-only", "false", yesNo, []string{Dev, API},
		"Answer the documents of TIAOCHU_TRUSTED_DOCUMENTS and no others; GraphiQL is then off.",
		"只执行 TIAOCHU_TRUSTED_DOCUMENTS 中的文档，其他一律拒绝；同时关闭 GraphiQL。"),
	define("cors-origins", "", origins, []string{Dev, API},
		"Origins of other sites whose pages may use the API, by commas (https://board.example.cn); pages of its own origin always may.",
		"允许使用本接口的其他网站来源，以逗号分隔（如 https://board.example.cn）；与接口同源的页面始终可用。"),
	define("client-address-header", "", optional(hostName), []string{Dev, API},
		"Header whose last entry is the caller's address (X-Forwarded-For); only where every request comes through a proxy that sets it. Empty: the address of the connection.",
		"以其最后一项为调用者地址的请求头（如 X-Forwarded-For）；仅当所有请求都经过设置该请求头的代理时使用。留空则用连接的地址。"),
	define("file-mib", "20", wholeNumber(1, 1024), []string{Dev, API},
		"Most MiB of one file that is uploaded for a case (/files).",
		"为案件上传的单个文件大小上限（MiB，/files）。"),
	define("file-timeout", "10m", duration(minFileTimeout, maxFileTimeout), []string{Dev, API},
		"How long one upload or download may take; what broke off is sent, or read on, again.",
		"单个文件上传或下载的时限；中断后可重新上传或续传下载。"),
	define("shutdown-timeout", "20s", duration(minShutdownTimeout, maxShutdownTimeout), everyProcess,
		"How long a process finishes what it has begun after SIGTERM or Ctrl-C.",
		"收到 SIGTERM 或 Ctrl-C 后完成在办工作的时限。"),
}

func define(flag, fallback string, read reader, processes []string, english, chinese string) Variable {
	return Variable{
		Name: environmentName(flag), Flag: flag, Default: fallback, Expects: read.expects,
		English: english, Chinese: chinese, Processes: processes, read: read,
	}
}

func secret(v Variable) Variable {
	v.secret = true
	return v
}
