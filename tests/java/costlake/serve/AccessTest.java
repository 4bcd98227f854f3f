package costlake.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.apache.arrow.flight.CallOption;
import org.apache.arrow.flight.CallStatus;
import org.apache.arrow.flight.FlightClient;
import org.apache.arrow.flight.FlightRuntimeException;
import org.apache.arrow.flight.FlightStream;
import org.apache.arrow.flight.Location;
import org.apache.arrow.flight.Ticket;
import org.apache.arrow.flight.grpc.CredentialCallOption;
import org.apache.arrow.flight.sql.FlightSqlClient;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No query shows a team the figures of another team. */
@Tag("night")
@SuppressWarnings("try")
class AccessTest {
  private static Served served;

  @BeforeAll
  static void serve() {
    served = Served.of(Served.company(), Map.of());
  }

  @AfterAll
  static void stop() {
    served.close();
  }

  private static String folder() {
    return Served.company().conf().getParent().toString();
  }

  @Test
  void memberLeadAndFinanceSeeTheirTeams() throws SQLException {
    String teams =
        "select distinct receiver_id from reporting.statements where receiver_kind = 'team' order by 1";
    assertThat(served.inTheLake(teams)).containsExactly(List.of("platform"), List.of("search"));
    assertThat(served.ask("ines", teams)).containsExactly(List.of("search"));
    assertThat(served.ask("lena", teams))
        .as("a lead of ranking sees search, because both are in one cost centre")
        .containsExactly(List.of("search"));
    assertThat(served.ask("pat", teams)).containsExactly(List.of("platform"));
    assertThat(served.ask("finn", teams)).containsExactly(List.of("platform"), List.of("search"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "select team_id from reporting.statements where team_id = 'platform'",
        "select * from (select team_id from reporting.statements) as x where team_id = 'platform'",
        "select search.team_id from reporting.statements as search where search.team_id <>"
            + " 'search'",
        "with statements as (select * from reporting.statements) select team_id from statements"
            + " where team_id <> 'search'",
        "select team_id from costlake.reporting.statements where team_id <> 'search'",
        "select team_id from reporting.statements where team_id <> 'search' union all select"
            + " team_id from reporting.statement_lines where team_id <> 'search'",
        "select raise_error(team_id) from reporting.statements where team_id <> 'search'",
        "select cast(receiver_name as int) from reporting.statements where team_id <> 'search'",
        "select 1 from reporting.statements where if(team_id <> 'search', cast(receiver_name as int),"
            + " 0) = 1",
        "select 1 from reporting.statements where assert_true(team_id = 'search', receiver_name) is not"
            + " null",
        "select 1 from reporting.statements a inner join reporting.statement_lines b on"
            + " if(b.team_id <> 'search', cast(b.name as int), 0) = 1",
        "select max(if(team_id <> 'search', cast(receiver_name as int), null)) as m from"
            + " reporting.statements having m is not null",
        "select 1 from range(1) where exists (select 1 from reporting.statements where team_id ="
            + " 'platform')",
        "select t.team_id from reporting.statements s, lateral (select team_id from"
            + " reporting.statements where team_id <> s.team_id) t"
      })
  void noQueryReturnsOrEvaluatesRowsOfAnotherTeam(String sql) throws SQLException {
    assertThat(served.ask("ines", sql)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"statements", "statement_history", "statement_lines", "statement_quality"})
  void onlyFinanceSeesCostCentresAndTheCompany(String table) throws SQLException {
    String receivers =
        "select distinct receiver_kind, receiver_id from reporting.%s where team_id is null or receiver_kind <> 'team' order by receiver_id"
            .formatted(table);
    for (String user : List.of("ines", "lena", "pat")) {
      assertThat(served.ask(user, receivers)).as(user).isEmpty();
    }
    assertThat(served.ask("finn", receivers)).isNotEmpty().isEqualTo(served.inTheLake(receivers));
  }

  @Test
  void financeSeesEveryReceiver() throws SQLException {
    assertThat(
            served.ask("finn", "select distinct receiver_id from reporting.statements order by 1"))
        .containsExactly(
            List.of("centre.10"),
            List.of("centre.20"),
            List.of("company.all"),
            List.of("platform"),
            List.of("search"));
  }

  @Test
  void everyoneMayAskForTheVersion() throws SQLException {
    for (String user : List.of("ines", "lena", "pat", "finn")) {
      assertThat(served.ask(user, "select version from reporting.schema_version"))
          .containsExactly(List.of(2));
    }
  }

  @Test
  void theErrorOfACastQuotesOnlyOwnRows() {
    String said =
        served.refusal("ines", "select cast(receiver_name as int) from reporting.statements");
    assertThat(said).contains("CAST_INVALID_INPUT", "'Search'").doesNotContain("Platform");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "select * from focus.cost_and_usage",
        "select * from lake.reporting.statements",
        "select * from lake.ops.runs",
        "select * from ops.runs",
        "select * from bronze__azure",
        "select * from reporting.statements.snapshots",
        "select * from lake.reporting.statements.files",
        "select * from reporting.statements version as of 1",
        "select * from reporting.statements timestamp as of '2026-09-01'",
        "select * from reporting.statements with ('snapshot-id' = '1')",
        "select * from parquet.`/etc`",
        "select * from delta.`/tmp`",
        "select * from iceberg.`/tmp`",
        "select * from csv.`/etc/passwd`",
        "select * from global_temp.x",
        "select * from spark_catalog.default.x",
        "select * from identifier('lake.ops.runs')",
        "select (select max(run_id) from lake.ops.runs)",
        "with x as (select * from lake.ops.runs) select * from x",
        "select * from table_changes('reporting.statements', 0)",
        "insert into reporting.statements select * from reporting.statements",
        "create view v as select 1",
        "create temporary view v as select * from reporting.statements",
        "drop table reporting.statements",
        "delete from reporting.statements",
        "merge into reporting.statements t using reporting.statements s on t.team_id = s.team_id"
            + " when matched then delete",
        "set spark.sql.catalog.x=y",
        "set x = 1",
        "use lake",
        "show tables in lake",
        "describe extended reporting.statements",
        "explain extended select * from reporting.statements",
        "cache table reporting.statements",
        "call lake.system.rollback_to_snapshot('reporting.statements', 1)",
        "add jar '/tmp/x.jar'",
        "execute immediate 'select 1'",
        "begin select 1; end",
        "select reflect('java.lang.System', 'getenv', 'HOME')",
        "values (java_method('java.lang.System', 'getenv', 'HOME'))",
        "select builtin.reflect('java.lang.System', 'getenv', 'HOME')",
        "select sum(1) over w from reporting.statements window w as (partition by"
            + " reflect('java.lang.System', 'getenv', 'HOME'))",
        "select input_file_name() from reporting.statements",
        "select transform(team_id) using 'cat' from reporting.statements"
      })
  void anythingButAQueryOfReportingIsRefused(String sql) {
    String said = served.refusal("ines", sql);
    assertThat(said).contains("Cannot ");
    assertThat(said).doesNotContain("platform", "Platform", folder());
  }

  @Test
  void hiddenAndMissingTablesGiveTheSameMessage() {
    String ops = served.refusal("ines", "select * from ops.runs").replace("ops.runs", "X");
    String none = served.refusal("ines", "select * from no.such").replace("no.such", "X");
    assertThat(ops).isEqualTo(none);
  }

  @Test
  void refusesUsersWhoAreNotInOwnersAndWrongPasswords() {
    assertThatThrownBy(() -> served.connect("gone", Served.PASSWORD))
        .hasStackTraceContaining("no member in owners.yml has this name");
    assertThatThrownBy(() -> served.connect("ines", "wrong"))
        .hasStackTraceContaining("wrong user or password");
    assertThatThrownBy(() -> served.connect("nobody", "wrong"))
        .hasStackTraceContaining("wrong user or password");
  }

  @Test
  void aUserCannotReadTheStatementOfAnotherUser() throws Exception {
    try (BufferAllocator allocator = new RootAllocator();
        FlightClient pat = client(allocator);
        FlightClient ines = client(allocator);
        FlightSqlClient asks = new FlightSqlClient(pat)) {
      CredentialCallOption hers =
          ines.authenticateBasicToken("ines", Served.PASSWORD).orElseThrow();
      CredentialCallOption his = pat.authenticateBasicToken("pat", Served.PASSWORD).orElseThrow();
      Ticket ticket =
          asks.execute("select * from reporting.statements", his).getEndpoints().get(0).getTicket();
      assertThatThrownBy(() -> first(ines, ticket, hers))
          .isInstanceOfSatisfying(
              FlightRuntimeException.class,
              e -> assertThat(e.status().code()).isEqualTo(CallStatus.NOT_FOUND.code()))
          .hasMessageContaining("Cannot find this statement");
      assertThatThrownBy(() -> first(ines, ticket))
          .as("without a token")
          .isInstanceOf(FlightRuntimeException.class);
      try (FlightStream rows = pat.getStream(ticket, his)) {
        assertThat(rows.next()).isTrue();
      }
    }
  }

  private static boolean first(FlightClient client, Ticket ticket, CallOption... options)
      throws Exception {
    try (FlightStream rows = client.getStream(ticket, options)) {
      return rows.next();
    }
  }

  private static FlightClient client(BufferAllocator allocator) {
    return FlightClient.builder(allocator, Location.forGrpcInsecure("127.0.0.1", served.port()))
        .build();
  }

  @Test
  void aUserRemovedFromTheFileLosesAccessAtOnce() throws Exception {
    Path users = Served.company().conf().resolve("users");
    List<String> lines = Files.readAllLines(users);
    assertThat(served.ask("lena", "select 1")).containsExactly(List.of(1));
    try (BufferAllocator allocator = new RootAllocator();
        FlightClient client = client(allocator);
        FlightSqlClient asks = new FlightSqlClient(client)) {
      CredentialCallOption hers =
          client.authenticateBasicToken("lena", Served.PASSWORD).orElseThrow();
      Files.write(users, lines.stream().filter(line -> !line.startsWith("lena:")).toList());
      assertThatThrownBy(() -> asks.execute("select 2", hers))
          .hasMessageContaining("wrong user or password");
    } finally {
      Files.write(users, lines);
    }
  }
}
