package costlake.assist;

import costlake.approve.ApprovalAct;
import costlake.approve.ApprovalKind;
import costlake.approve.ApprovalRequest;
import costlake.approve.LikelyRange;
import costlake.approve.Price;
import costlake.build.Functions;
import costlake.config.Config;
import costlake.config.LakeConfig;
import costlake.explain.Explain;
import costlake.lake.DecisionStage;
import costlake.lake.Lake;
import costlake.land.Bronze;
import costlake.night.TinyCompany;
import costlake.serve.Users;
import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.HttpClientStreamableHttpTransport;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.TextContent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.SparkSession;

/** A server for assistants over the tiny company, which tests ask with the client of the SDK. */
final class Assisted implements AutoCloseable {
  static final String PASSWORD = "a long enough password";
  private static final List<String> USERS = List.of("ines", "lena", "pat", "finn", "gone");

  private static final String OWNERS =
      """
      last_resort: {team: platform}
      teams:
        - {id: platform, name: Secret Platform, cost_centre: '10'}
        - {id: search, name: Search, cost_centre: '20'}
        - {id: ranking, name: Ranking, cost_centre: '20'}
      members:
        - {user: ines, role: member, teams: [search]}
        - {user: lena, role: lead, teams: [ranking]}
        - {user: pat, role: member, teams: [platform]}
        - {user: finn, role: finance}
      """;
  private static final String BUDGETS =
      """
      budgets:
        - {id: search, name: Search, scope: {team: search}, period: month, amount: 100, currency: USD, thresholds: [50]}
        - {id: platform, name: Secret plan, scope: {team: platform}, period: month, amount: 5, currency: USD}
        - {id: everything, name: Everything, scope: company, period: year, amount: 1000, currency: USD, owner: platform}
      """;

  private final AssistantServer server;

  private Assisted(AssistantServer server) {
    this.server = server;
  }

  /** Holds the company that is created once for all tests of the process. */
  private static final class Shared {
    static final TinyCompany COMPANY = company(folder());
  }

  private static Path folder() {
    try {
      return Files.createTempDirectory(Path.of("target").toAbsolutePath(), "assisted-");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the folder of the company that tests share. */
  static Path shared() {
    return Shared.COMPANY.conf().getParent();
  }

  /** Serves the company that tests share, with further settings by key. */
  static Assisted with(Map<String, String> sets) throws InterruptedException {
    return of(Shared.COMPANY, sets);
  }

  /** Creates the company below a folder, with one night. */
  private static TinyCompany company(Path folder) {
    TinyCompany company = new TinyCompany(folder, LakeConfig.Format.ICEBERG);
    company.write("conf/owners.yml", OWNERS);
    company.write("conf/budgets.yml", BUDGETS);
    company.deliver("20");
    ask(company.lake(), "1", "search");
    ask(company.lake(), "2", "platform");
    company.night();
    USERS.forEach(user -> Users.put(company.conf().resolve("users"), user, PASSWORD));
    return company;
  }

  /** Records a request of a team for a run of 2 accelerators and 10 hours at 1.25. */
  private static void ask(Lake lake, String id, String team) {
    Instant at = Instant.parse("2026-09-02T08:00:00Z");
    ApprovalRequest request =
        new ApprovalRequest(
            id,
            "run-" + id,
            team,
            null,
            2,
            BigDecimal.TEN,
            new Price("A100 40GB", "USD", new BigDecimal("1.25"), "effective", null),
            new BigDecimal("25"),
            new LikelyRange(null, null, 0),
            "ann",
            at,
            "a test");
    ApprovalAct act =
        new ApprovalAct(ApprovalAct.Kind.REQUESTED, request, at.plus(Duration.ofDays(365)));
    try (DecisionStage<ApprovalAct> stage = lake.begin(new ApprovalKind(), "ask")) {
      stage.decide(at, "ann", "a test", act);
    }
  }

  /** Returns the configuration of a company, with further settings by key. */
  private static Config config(TinyCompany company, Map<String, String> sets) {
    Map<String, String> all = new LinkedHashMap<>();
    all.put("serve.worker_heap_mib", "700");
    all.put("serve.mcp_port", "0");
    all.put("lake.root", company.config().lake().root());
    all.putAll(sets);
    return Config.load(company.conf(), null, all);
  }

  private static Assisted of(TinyCompany company, Map<String, String> sets)
      throws InterruptedException {
    Config config = config(company, sets);
    return new Assisted(AssistantServer.start(config, explanations(company, config)));
  }

  /** Explains figures of the lake without another session of Spark. */
  private static Explanations explanations(TinyCompany company, Config config) {
    SparkSession spark = company.session();
    Functions.register(spark);
    Lake lake = Lake.open(config.lake(), spark);
    lake.registerViews(Explain.readsForIds());
    Bronze.register(spark, config, lake.publication().orElseThrow().deliveries());
    return id -> Explain.tree(spark, id);
  }

  int port() {
    return server.port();
  }

  static String basic(String user, String password) {
    return "Basic "
        + Base64.getEncoder()
            .encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
  }

  /** Connects the client of the SDK as a user. */
  McpSyncClient connect(String user) {
    String authorization = basic(user, PASSWORD);
    McpSyncClient client =
        McpClient.sync(
                HttpClientStreamableHttpTransport.builder("http://127.0.0.1:" + port())
                    .addHttpRequestCustomizer(
                        (request, method, uri, body, context) ->
                            request.setHeader("Authorization", authorization))
                    .build())
            .requestTimeout(Duration.ofMinutes(2))
            .initializationTimeout(Duration.ofMinutes(2))
            .build();
    client.initialize();
    return client;
  }

  /** Calls a tool as a user. */
  CallToolResult call(String user, String tool, Map<String, Object> arguments) {
    try (McpSyncClient client = connect(user)) {
      return client.callTool(CallToolRequest.builder(tool).arguments(arguments).build());
    }
  }

  /** Returns the text of an answer. */
  static String text(CallToolResult result) {
    return ((TextContent) result.content().get(0)).text();
  }

  /** Posts a text without the SDK. An empty {@code authorization} sends no such header. */
  HttpResponse<String> post(String authorization, String body, String... headers)
      throws IOException, InterruptedException {
    return post(HttpClient.newHttpClient(), "http", authorization, body, headers);
  }

  /** Posts a text by a client, with the scheme http or https. */
  HttpResponse<String> post(
      HttpClient client, String scheme, String authorization, String body, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(scheme + "://127.0.0.1:" + port() + "/mcp"))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body));
    if (!authorization.isEmpty()) {
      request.header("Authorization", authorization);
    }
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  @Override
  public void close() {
    server.close();
  }
}
