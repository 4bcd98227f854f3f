package costlake.assist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import costlake.core.Failure;
import costlake.testing.Certificates;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What assistants of different users are told, from delivered bills to the answer of each tool. */
@Tag("night")
class AssistantAccessTest {
  private static final String PING = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}";

  private static Assisted assisted;

  @BeforeAll
  static void serve() throws InterruptedException {
    assisted = Assisted.with(Map.of());
  }

  @AfterAll
  static void stop() {
    assisted.close();
  }

  private static Object rows(String user, String sql) {
    CallToolResult result = assisted.call(user, "query", Map.of("sql", sql));
    assertThat(result.isError()).as(Assisted.text(result)).isNotEqualTo(true);
    return ((Map<?, ?>) result.structuredContent()).get("rows");
  }

  private static String refusal(String user, String tool, Map<String, Object> arguments) {
    CallToolResult result = assisted.call(user, tool, arguments);
    assertThat(result.isError()).as(Assisted.text(result)).isTrue();
    return Assisted.text(result);
  }

  @Test
  void theToolsAreReadOnlyAndDescribed() {
    try (McpSyncClient client = assisted.connect("ines")) {
      assertThat(client.getServerInfo().name()).isEqualTo("Costlake");
      assertThat(client.listTools().tools())
          .allSatisfy(
              tool -> {
                assertThat(tool.annotations().readOnlyHint()).isTrue();
                assertThat(tool.description()).isNotBlank();
              })
          .extracting(tool -> tool.name())
          .containsExactly(
              "tables", "query", "statement", "budgets", "incidents", "approvals", "explanation");
    }
  }

  @Test
  void aQueryReturnsTheRowsOfTheTeamsOfItsUser() {
    String teams =
        "select team_id, total_cost, total_shown from reporting.statements"
            + " where receiver_kind = 'team' order by team_id";
    List<Object> search = List.of("search", "60.750000000000000000000", "60.75");
    List<Object> platform = List.of("platform", "6.600000000000000000000", "6.60");
    assertThat(rows("ines", teams)).isEqualTo(List.of(search));
    assertThat(rows("pat", teams)).isEqualTo(List.of(platform));
    assertThat(rows("finn", teams)).isEqualTo(List.of(platform, search));
  }

  @Test
  void aQuerySaysWhenItIsCut() {
    CallToolResult cut =
        assisted.call(
            "ines", "query", Map.of("sql", "select id from range(1000000000)", "rows_max", 2));
    assertThat(cut.structuredContent())
        .isEqualTo(
            Map.of(
                "columns",
                List.of(Map.of("name", "id", "type", "bigint")),
                "rows",
                List.of(List.of(0), List.of(1)),
                "row_count",
                2,
                "is_cut",
                true));
    assertThat(
            assisted
                .call("ines", "query", Map.of("sql", "select id from range(2)", "rows_max", 2))
                .structuredContent())
        .isEqualTo(
            Map.of(
                "columns",
                List.of(Map.of("name", "id", "type", "bigint")),
                "rows",
                List.of(List.of(0), List.of(1)),
                "row_count",
                2,
                "is_cut",
                false));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "insert into reporting.statements select * from reporting.statements",
        "drop table reporting.statements",
        "select 1; select 2",
        "select * from focus.cost_and_usage",
        "select * from ops.runs",
        "select reflect('java.lang.System', 'getenv', 'HOME')",
        "selec 1",
        ""
      })
  void anythingButOneQueryIsRefused(String sql) {
    assertThat(refusal("ines", "query", Map.of("sql", sql)))
        .startsWith("Cannot ")
        .doesNotContain(Assisted.shared().toString(), "platform", "Exception");
  }

  @Test
  void theErrorOfACastQuotesOnlyOwnRows() {
    assertThat(
            refusal(
                "ines",
                "query",
                Map.of("sql", "select cast(receiver_name as int) from reporting.statements")))
        .contains("CAST_INVALID_INPUT", "'Search'")
        .doesNotContain("Platform");
  }

  private static List<?> list(Object of, String name) {
    return (List<?>) ((Map<?, ?>) of).get(name);
  }

  private static List<?> field(List<?> objects, String name) {
    return objects.stream().map(object -> (Object) ((Map<?, ?>) object).get(name)).toList();
  }

  private static Object answer(String user, String tool, Map<String, Object> arguments) {
    CallToolResult result = assisted.call(user, tool, arguments);
    assertThat(result.isError()).as(Assisted.text(result)).isNotEqualTo(true);
    return result.structuredContent();
  }

  @Test
  void statementsAreThoseOfTheUser() {
    assertThat(field(list(answer("ines", "statement", Map.of()), "statements"), "receiver_id"))
        .isEqualTo(List.of("search"));
    assertThat(
            field(
                list(answer("finn", "statement", Map.of("month", "2026-09")), "statements"),
                "receiver_id"))
        .isEqualTo(List.of("company.all", "centre.10", "centre.20", "platform", "search"));
    Object statement = answer("ines", "statement", Map.of("receiver", "search"));
    assertThat(field(list(statement, "statements"), "total_shown")).isEqualTo(List.of("60.75"));
    List<?> bridge =
        list(statement, "lines").stream()
            .filter(line -> "bridge".equals(((Map<?, ?>) line).get("breakdown")))
            .toList();
    assertThat(field(bridge, "cost_shown")).isEqualTo(List.of("60.75"));
  }

  @Test
  void aStatementOfAnotherTeamIsRefusedLikeOneThatDoesNotExist() {
    String others = refusal("ines", "statement", Map.of("receiver", "platform"));
    String none = refusal("ines", "statement", Map.of("receiver", "nothing"));
    assertThat(others)
        .isEqualTo(
            "There is no statement of 'platform' for 2026-09 that you may see. Receivers of that"
                + " month: search")
        .isEqualTo(none.replace("nothing", "platform"));
    assertThat(refusal("ines", "statement", Map.of("receiver", "company.all")))
        .startsWith("There is no statement");
    assertThat(refusal("ines", "statement", Map.of("receiver", "x' or 'a' = 'a")))
        .startsWith("There is no statement");
    assertThat(refusal("ines", "statement", Map.of("month", "2026-13"))).contains("YYYY-MM");
  }

  @Test
  void budgetsAreThoseOfTheTeamsOfTheUser() {
    Object own = answer("ines", "budgets", Map.of());
    assertThat(field(list(own, "budgets"), "budget_id")).isEqualTo(List.of("search"));
    assertThat(field(list(own, "budgets"), "actual"))
        .isEqualTo(List.of("60.750000000000000000000"));
    assertThat(field(list(own, "budgets"), "remaining"))
        .isEqualTo(List.of("39.250000000000000000000"));
    assertThat(field(list(own, "budgets"), "thresholds").toString())
        .contains("percent=50.000", "reached_on=2026-09-03");
    assertThat(field(list(answer("finn", "budgets", Map.of()), "budgets"), "budget_id"))
        .as("the exceeded one comes first")
        .isEqualTo(List.of("platform", "search", "everything"));
    assertThat(list(answer("ines", "budgets", Map.of("month", "2020-01")), "budgets")).isEmpty();
  }

  @Test
  void requestsAndIncidentsAreThoseOfTheTeamsOfTheUser() {
    List<?> own = list(answer("ines", "approvals", Map.of()), "approvals");
    assertThat(field(own, "run_id")).isEqualTo(List.of("run-1"));
    assertThat(field(own, "projected_cost")).isEqualTo(List.of("25.000000000000000000000"));
    assertThat(field(list(answer("finn", "approvals", Map.of()), "approvals"), "run_id"))
        .isEqualTo(List.of("run-2", "run-1"));
    assertThat(list(answer("finn", "approvals", Map.of("state", "approved")), "approvals"))
        .isEmpty();
    assertThat(list(answer("finn", "incidents", Map.of("state", "open")), "incidents")).isEmpty();
    assertThat(refusal("finn", "incidents", Map.of("state", "new"))).contains("state");
  }

  @Test
  void anExplanationLeadsFromAFigureToItsCharges() {
    Object total = answer("ines", "explanation", Map.of("id", "2026-09/search/USD"));
    assertThat(((Map<?, ?>) total).get("amount")).isEqualTo("60.750000000000000000000");
    String line =
        String.valueOf(
            rows(
                "ines",
                "select line_id from reporting.statement_lines where breakdown = 'bridge'"));
    String id = line.replaceAll("[\\[\\]]", "");
    String text = Assisted.text(assisted.call("ines", "explanation", Map.of("id", id)));
    assertThat(text).contains("\"amount\":\"60.750000000000000000000\"", "10.5", "30.25");
    assertThat(answer("finn", "explanation", Map.of("id", id)))
        .isEqualTo(answer("ines", "explanation", Map.of("id", id)));
  }

  @Test
  void anExplanationOfWhatTheUserMayNotSeeIsRefused() {
    for (String id :
        List.of(
            "2026-09/platform/USD",
            "2026-09/platform/USD/b1",
            "2026-09/company.all/USD",
            "2026-09/search/USD/b99",
            "ranker",
            "x/y/z")) {
      assertThat(refusal("ines", "explanation", Map.of("id", id)))
          .isEqualTo(
              "Cannot find '%s' in a statement that you may see. Give a line_id, or MONTH/RECEIVER/CURRENCY"
                  .formatted(id));
    }
  }

  @Test
  void tablesAreListedWithTheirMeaning() {
    String tables = Assisted.text(assisted.call("ines", "tables", Map.of()));
    assertThat(tables)
        .contains("reporting.statements", "The totals of a statement", "governance.budget_status")
        .doesNotContain("focus.", "allocation.");
    String columns =
        Assisted.text(assisted.call("ines", "tables", Map.of("table", "reporting.statements")));
    assertThat(columns)
        .contains(
            "{\"name\":\"total_shown\",\"type\":\"decimal(38,2)\",\"meaning\":\"total_cost, rounded"
                + " to the cent\",\"unit\":\"billing_currency\"}",
            "\"key\":[\"billing_month\",\"receiver_id\",\"billing_currency\"]");
    assertThat(refusal("ines", "tables", Map.of("table", "reporting.statement")))
        .contains("Cannot find the table 'reporting.statement'", "reporting.statements");
  }

  @Test
  void unknownAndMissingArgumentsAreRefused() {
    assertThat(refusal("ines", "query", Map.of("sql", "select 1", "teams", "platform")))
        .contains("teams");
    assertThat(refusal("ines", "query", Map.of())).contains("sql");
    assertThat(refusal("ines", "query", Map.of("sql", "select 1", "rows_max", 0)))
        .contains("rows_max");
  }

  @Test
  void nobodyIsAnsweredWithoutSigningIn() throws IOException, InterruptedException {
    for (String header :
        List.of(
            "",
            "Basic",
            "Basic !!!",
            "Digest x",
            Assisted.basic("ines", "wrong"),
            Assisted.basic("nobody", "wrong"),
            Assisted.basic("gone", Assisted.PASSWORD))) {
      var response = assisted.post(header, PING);
      assertThat(response.statusCode()).as(header).isEqualTo(401);
      assertThat(response.headers().firstValue("www-authenticate")).isPresent();
      assertThat(response.body()).startsWith("Cannot sign in");
    }
    String right = Assisted.basic("ines", Assisted.PASSWORD);
    assertThat(assisted.post(right, PING).statusCode()).isEqualTo(200);
    assertThat(assisted.post(right.replace("Basic", "Bearer"), PING).statusCode()).isEqualTo(200);
    assertThat(assisted.post(right, PING, "Origin", "http://evil.example").statusCode())
        .as("a page in a browser")
        .isEqualTo(403);
  }

  @Test
  void answersOverTlsOnlyClientsThatTrustItsCertificate(@TempDir Path folder) throws Exception {
    Certificates certificates = new Certificates(folder);
    String right = Assisted.basic("ines", Assisted.PASSWORD);
    try (Assisted over =
        Assisted.with(
            Map.of(
                "serve.tls_certificate", certificates.authority().toString(),
                "serve.tls_key", certificates.key().toString()))) {
      HttpClient trusting = HttpClient.newBuilder().sslContext(certificates.client()).build();
      assertThat(over.post(trusting, "https", right, PING).statusCode()).isEqualTo(200);
      HttpClient other = HttpClient.newHttpClient();
      assertThatThrownBy(() -> over.post(other, "https", right, PING))
          .isInstanceOf(SSLException.class);
      assertThatThrownBy(() -> over.post(other, "http", right, PING))
          .isInstanceOf(IOException.class);
    }
  }

  @Test
  void refusesToListenOnANetworkWithoutTlsAndWithABrokenCertificate(@TempDir Path folder)
      throws IOException {
    assertThatThrownBy(() -> Assisted.with(Map.of("serve.host", "0.0.0.0")))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("Set serve.tls_certificate and serve.tls_key");
    String broken = Files.writeString(folder.resolve("broken.pem"), "broken").toString();
    assertThatThrownBy(
            () -> Assisted.with(Map.of("serve.tls_certificate", broken, "serve.tls_key", broken)))
        .isInstanceOf(Failure.class)
        .hasMessageStartingWith("Cannot listen on 127.0.0.1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "[]", "7", "{\"jsonrpc\":\"1.0\"}", "{\"method\":7}"})
  void whatIsNoMessageIsRefused(String body) throws IOException, InterruptedException {
    var response = assisted.post(Assisted.basic("ines", Assisted.PASSWORD), body);
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).contains("error", "Cannot read the message");
  }
}
