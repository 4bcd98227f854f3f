package costlake.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.arrow.flight.CallOption;
import org.apache.arrow.flight.CallStatus;
import org.apache.arrow.flight.CancelFlightInfoRequest;
import org.apache.arrow.flight.CancelStatus;
import org.apache.arrow.flight.FlightClient;
import org.apache.arrow.flight.FlightInfo;
import org.apache.arrow.flight.FlightRuntimeException;
import org.apache.arrow.flight.FlightStream;
import org.apache.arrow.flight.Location;
import org.apache.arrow.flight.grpc.CredentialCallOption;
import org.apache.arrow.flight.sql.FlightSqlClient;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every query ends within its time limit or when it is cancelled, and no user waits longer because
 * of another user.
 */
@Tag("long")
@Timeout(value = 600, unit = TimeUnit.SECONDS)
@SuppressWarnings("try")
class LimitsTest {
  /**
   * Time limit of a query in seconds. A busy machine needs a higher limit, such as
   * -Dserve.limit_s=40.
   */
  private static final int LIMIT_S = Integer.getInteger("serve.limit_s", 12);

  /** Time that an answer may take beyond the limit, to kill the worker and to send the message. */
  private static final Duration SLACK = Duration.ofSeconds(5);

  /** Processor time that workers need in a second without queries, at most. */
  private static final Duration IDLE = Duration.ofMillis(200);

  private static final String RAN_LONGER =
      "the query ran longer than " + LIMIT_S + " s (serve.query_max_s)";

  private static final String ENDLESS =
      "select sum(a.id * b.id + c.id) from range(1000) a cross join range(100000) b cross join"
          + " range(100000) c";

  private static final Map<String, Connection> CONNECTIONS = new ConcurrentHashMap<>();

  @TempDir static Path folder;
  private static Served served;

  @BeforeAll
  static void serve() throws SQLException {
    served =
        SmallLake.serve(
            folder,
            Map.of(
                "serve.query_max_s", Integer.toString(LIMIT_S),
                "serve.queries_max", "2",
                "serve.queries_per_user_max", "1",
                "serve.queries_waiting_per_user_max", "2"));
  }

  /**
   * Waits until each killed worker is replaced, and no worker is starting. On a busy machine, the
   * start of a worker or its first query takes longer than the time limit of a query.
   */
  @BeforeEach
  void awaitWorkers() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      Future<?> one = threads.submit(() -> await("ines"));
      await("finn");
      one.get();
    } finally {
      threads.shutdownNow();
    }
    awaitIdleWorkers();
  }

  private static void awaitIdleWorkers() throws InterruptedException {
    Duration before;
    Duration now = processorTimeOfWorkers();
    do {
      before = now;
      Thread.sleep(1_000);
      now = processorTimeOfWorkers();
    } while (now.minus(before).compareTo(IDLE) > 0);
  }

  private static Duration processorTimeOfWorkers() {
    return ProcessHandle.current()
        .children()
        .flatMap(worker -> worker.info().totalCpuDuration().stream())
        .reduce(Duration.ZERO, Duration::plus);
  }

  private static Object await(String user) {
    while (true) {
      try {
        return ask(user, "select sum(id) from range(1000000)");
      } catch (SQLException e) {
        assertThat((Throwable) e).hasStackTraceContaining("(serve.query_max_s)");
      }
    }
  }

  /** Keeps one connection for each user, because hashing a password takes a while. */
  private static Connection connection(String user) {
    return CONNECTIONS.computeIfAbsent(
        user,
        name -> {
          try {
            return served.connect(name, Served.PASSWORD);
          } catch (SQLException e) {
            throw new IllegalStateException(e);
          }
        });
  }

  private static List<List<Object>> ask(String user, String sql) throws SQLException {
    try (Statement statement = connection(user).createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      return Served.read(rows);
    }
  }

  /** Returns the message for a query that fails. */
  private static String refusal(String user, String sql) {
    return Served.refusal(() -> ask(user, sql), sql);
  }

  @AfterAll
  static void stop() throws SQLException {
    for (Connection connection : CONNECTIONS.values()) {
      connection.close();
    }
    served.close();
  }

  static List<String> queriesThatCannotBeInterrupted() {
    return List.of(
        ENDLESS,
        "select 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!' rlike '^(a+)+\\\\1*$'",
        "select 1 from range(10) limit length(regexp_replace(repeat('a', 60) || '!',"
            + " '^(a+)+\\\\1*$', ''))",
        "values (repeat('a', 60) || '!' rlike '^(a+)+\\\\1*$')",
        "select aggregate(sequence(1, 100000), 0L, (s, x) -> s + aggregate(sequence(1, 100000), 0L,"
            + " (t, y) -> t + aggregate(sequence(1, 100000), 0L, (u, z) -> u + x * y * z % 3)))");
  }

  @ParameterizedTest(name = "[{index}]")
  @MethodSource("queriesThatCannotBeInterrupted")
  void endsWithinItsLimit(String sql) throws Exception {
    assertThat(messageWithinTheLimit(sql)).contains(RAN_LONGER);
    theServerStillAnswers();
  }

  @Test
  void aQueryThatTakesLongToParseEndsWithinItsLimit() throws Exception {
    assertThat(messageWithinTheLimit("select " + "(".repeat(20_000) + "1" + ")".repeat(20_000)))
        .containsAnyOf(RAN_LONGER, "Cannot read the query: [FAILED_TO_PARSE_TOO_COMPLEX]");
    theServerStillAnswers();
  }

  private static String messageWithinTheLimit(String sql) {
    long began = System.nanoTime();
    String said = refusal("ines", sql);
    assertThat(Duration.ofNanos(System.nanoTime() - began))
        .isLessThan(Duration.ofSeconds(LIMIT_S).plus(SLACK));
    return said;
  }

  private void theServerStillAnswers() throws Exception {
    awaitWorkers();
    assertThat(ask("ines", "select total_cost from reporting.statements"))
        .containsExactly(List.of(new BigDecimal("1.500000000000000000000")));
  }

  @Test
  void oneUserCannotTakeAllTurns() throws Exception {
    ExecutorService threads = Executors.newCachedThreadPool();
    try {
      List<Future<String>> endless = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        endless.add(threads.submit(() -> refusal("ines", ENDLESS)));
      }
      Thread.sleep(1_500);
      long began = System.nanoTime();
      assertThat(ask("finn", "select count(*) from reporting.statements"))
          .containsExactly(List.of(2L));
      assertThat(Duration.ofNanos(System.nanoTime() - began))
          .as("does not wait for the queries of another user")
          .isLessThan(Duration.ofSeconds(LIMIT_S * 3 / 4));
      assertThat(refusal("ines", "select 1")).contains("2 of your queries are waiting already");
      for (Future<String> one : endless) {
        assertThat(one.get()).contains("serve.query_max_s");
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void aCancelledQueryEndsLongBeforeItsLimitAndFreesItsTurn() throws Exception {
    ExecutorService threads = Executors.newSingleThreadExecutor();
    try (BufferAllocator allocator = new RootAllocator();
        FlightClient transport = client(allocator);
        FlightSqlClient client = new FlightSqlClient(transport)) {
      CredentialCallOption token =
          transport.authenticateBasicToken("pat", Served.PASSWORD).orElseThrow();
      FlightInfo info = client.execute(ENDLESS, token);
      Future<Boolean> reading = threads.submit(() -> hasRows(client, info, token));
      Thread.sleep(1_000);
      assertThat(reading.isDone()).as("runs until it is cancelled").isFalse();
      long began = System.nanoTime();
      assertThat(client.cancelFlightInfo(new CancelFlightInfoRequest(info), token).getStatus())
          .isEqualTo(CancelStatus.CANCELLED);
      assertThatThrownBy(() -> reading.get(LIMIT_S, TimeUnit.SECONDS))
          .hasStackTraceContaining("Cancelled by its user");
      assertThat(Duration.ofNanos(System.nanoTime() - began))
          .as("gets the message at once")
          .isLessThan(Duration.ofSeconds(LIMIT_S / 2));
      assertThat(ask("pat", "select 1")).as("his only turn is free").containsExactly(List.of(1));
      assertThat(client.cancelFlightInfo(new CancelFlightInfoRequest(info), token).getStatus())
          .as("nothing is left to cancel")
          .isEqualTo(CancelStatus.NOT_CANCELLABLE);
    } finally {
      threads.shutdownNow();
    }
  }

  private static boolean hasRows(FlightSqlClient client, FlightInfo info, CallOption token)
      throws Exception {
    try (FlightStream rows = client.getStream(info.getEndpoints().get(0).getTicket(), token)) {
      return rows.next();
    }
  }

  private static FlightClient client(BufferAllocator allocator) {
    return FlightClient.builder(allocator, Location.forGrpcInsecure("127.0.0.1", served.port()))
        .build();
  }

  @Test
  void aNewPasswordEndsTheSessionsOfTheOldOne() throws Exception {
    Path users = folder.resolve("conf/users");
    try (BufferAllocator allocator = new RootAllocator();
        FlightClient transport = client(allocator);
        FlightSqlClient client = new FlightSqlClient(transport)) {
      CredentialCallOption token =
          transport.authenticateBasicToken("lena", Served.PASSWORD).orElseThrow();
      FlightInfo catalogs = client.getCatalogs(token);
      assertThat(hasRows(client, catalogs, token)).isTrue();
      Users.put(users, "lena", "another long enough password");
      assertThatThrownBy(() -> hasRows(client, catalogs, token))
          .isInstanceOfSatisfying(
              FlightRuntimeException.class,
              e -> assertThat(e.status().code()).isEqualTo(CallStatus.UNAUTHENTICATED.code()));
    } finally {
      Users.put(users, "lena", Served.PASSWORD);
    }
  }

  @Test
  void refusesATextOverTheLimitWithoutReadingIt() {
    String sql = "select 1 /*" + "x".repeat(1 << 20) + "*/";
    assertThat(refusal("ines", sql)).contains("serve.query_text_max_kib");
  }

  @Test
  void aQueryThatTakesTooMuchMemoryFailsAlone() throws Exception {
    assertThat(
            refusal(
                "ines",
                "select length(array_join(collect_list(repeat('x', 1000000)), '')) from"
                    + " range(2000)"))
        .contains("needs more memory");
    awaitWorkers();
  }

  @Test
  void currentUserIsTheSignedInUser() throws SQLException {
    assertThat(ask("ines", "select current_user, current_user(), session_user, user, user()"))
        .containsExactly(List.of("ines", "ines", "ines", "ines", "ines"));
  }
}
