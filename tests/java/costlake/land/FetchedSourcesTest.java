package costlake.land;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import costlake.config.Config;
import costlake.core.Delivery;
import costlake.core.Failure;
import costlake.core.Progress;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FetchedSourcesTest {
  private static final String FIXTURE =
      Path.of("sources/mlflow/fixture/mlruns").toAbsolutePath().toString();
  private static final Instant NOW = Instant.parse("2026-10-02T03:00:00Z");

  @TempDir Path folder;

  @Test
  void pinsTheRowsAndFindsNothingNewInTheSameRuns() throws IOException {
    Config config = config("location: " + FIXTURE);
    LandResult first = land(config, List.of());
    assertThat(first.landed())
        .singleElement()
        .satisfies(
            delivery -> {
              assertThat(delivery.billingPeriod()).isEqualTo(Delivery.ALL_PERIODS);
              assertThat(delivery.rows()).isEqualTo(5);
              assertThat(delivery.rejected()).isZero();
            });
    assertThat(files()).anyMatch(file -> file.endsWith("/runs.jsonl"));

    LandResult again = land(config, first.landed());
    assertThat(again.landed()).isEmpty();
    assertThat(again.unchanged()).isEqualTo(first.landed());
  }

  @Test
  void aServerThatFailsLeavesNothing() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          boolean runs = exchange.getRequestURI().getPath().endsWith("runs/search");
          byte[] answer =
              "{\"experiments\":[{\"experiment_id\":\"1\",\"name\":\"a\"}]}"
                  .getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(runs ? 418 : 200, answer.length);
          exchange.getResponseBody().write(answer);
          exchange.close();
        });
    server.start();
    try {
      Config config = config("url: 'http://127.0.0.1:" + server.getAddress().getPort() + "'");
      assertThatThrownBy(() -> land(config, List.of()))
          .isInstanceOf(Failure.class)
          .hasMessageContainingAll("for source 'tracker'", "418");
      assertThat(files()).isEmpty();
    } finally {
      server.stop(0);
    }
  }

  @Test
  void readsTablesAlsoIfTheAddressNamesADriver() throws IOException {
    Config config = config("url: 'postgresql+psycopg2://ann@127.0.0.1:1/mlflow'");
    assertThatThrownBy(() -> land(config, List.of()))
        .isInstanceOf(Failure.class)
        .hasMessageStartingWith("Cannot read MLflow's tables in 127.0.0.1:1/mlflow for source");
  }

  @Test
  void refusesAPasswordInTheAddress() {
    for (String scheme : List.of("postgresql", "postgresql+psycopg2", "https")) {
      assertThatThrownBy(() -> config("url: '" + scheme + "://ann:pw@127.0.0.1:1/mlflow'"))
          .isInstanceOf(Failure.class)
          .hasMessageContaining("password");
    }
  }

  @Test
  void aCutDatabaseStopsNothingAndIsNamed() throws IOException {
    Path file = folder.resolve("mlflow.db");
    Files.writeString(file, "SQLite format 3\0 and no more");
    LandResult result = land(config("location: " + file), List.of());
    assertThat(result.refused()).isEmpty();
    assertThat(result.notices())
        .singleElement()
        .satisfies(
            notice -> assertThat(notice.message()).contains(file.toString(), "MLflow server"));
    assertThat(files()).isEmpty();
  }

  @Test
  void aTrackerOverItsLimitOfRejectsKeepsItsLastGoodState() throws IOException {
    Path store = folder.resolve("mlruns");
    for (int run = 0; run < 10; run++) {
      run(store, "r" + run, "1789000000000");
    }
    Config config = config("location: " + store);
    List<Delivery> good = land(config, List.of()).landed();
    assertThat(good).singleElement().extracting(Delivery::rows).isEqualTo(10L);

    run(store, "r7", "17890000000000000000");
    LandResult later = land(config, good);
    assertThat(later.refused()).isEmpty();
    assertThat(later.current()).isEqualTo(good);
    assertThat(later.notices())
        .singleElement()
        .satisfies(
            notice ->
                assertThat(notice.message())
                    .contains(
                        "its last good records still count",
                        "1 of 10 rows cannot be read",
                        "ended_at is not a date or time"));
  }

  @Test
  void aTrackerWithALinkToNothingKeepsItsLastGoodStateAndStopsNoOther() throws IOException {
    Path store = folder.resolve("mlruns");
    run(store, "r1", "1789000000000");
    List<Delivery> good = land(config("location: " + store), List.of()).landed();
    assertThat(good).hasSize(1);

    Files.createSymbolicLink(store.resolve("0/r1/model.json"), folder.resolve("gone.json"));
    String other = "\n  - {id: other, kind: mlflow, location: " + FIXTURE;
    LandResult later = land(config("location: " + store + "}" + other), good);
    assertThat(later.refused()).isEmpty();
    assertThat(later.replaced()).as("states that no longer count").isEmpty();
    assertThat(later.landed()).singleElement().extracting(Delivery::sourceId).isEqualTo("other");
    assertThat(later.notices())
        .singleElement()
        .satisfies(
            notice -> {
              assertThat(notice.sourceId()).isEqualTo("tracker");
              assertThat(notice.message())
                  .contains("its last good records still count", "model.json", "link to nothing");
            });
  }

  @Test
  void aLakeThatHoldsRowsThatAreNowRejectedRecovers() throws IOException {
    Path store = folder.resolve("mlruns");
    run(store, "r1", "1789000000000");
    run(store, "r2", "253402300799000");
    Config strict = config("location: " + store);
    Config lenient =
        Config.load(
            folder.resolve("conf"),
            null,
            Map.of(
                "lake.root",
                folder.resolve("lake").toString(),
                "limits.rejected_rows_ratio_max",
                "1"));
    List<Delivery> held = land(lenient, List.of()).landed();
    LandResult again = Landing.readAgain(strict, held, delivery -> false);
    assertThat(again.refused()).isEmpty();
    assertThat(again.unchanged()).singleElement().extracting(Delivery::rejected).isEqualTo(1L);
    assertThat(again.notices())
        .singleElement()
        .satisfies(
            notice ->
                assertThat(notice.message())
                    .contains(
                        "the records that can still be read count: 1 of 2 rows cannot be read",
                        "ended_at is not between 2000 and 2099: '9999-12-31T23:59:59Z'"));
  }

  private static void run(Path store, String id, String end) throws IOException {
    Path folder = Files.createDirectories(store.resolve("0/" + id));
    Files.writeString(
        folder.resolve("meta.yaml"),
        "run_id: %s\nstatus: 3\nstart_time: 1788000000000\nend_time: %s\n".formatted(id, end));
  }

  @Test
  void refusesAFileOutsideOfTheStore() throws IOException {
    Path secret = Files.writeString(folder.resolve("users"), "ines:secret");
    Path store = folder.resolve("mlruns");
    run(store, "r1", "1789000000000");
    Path params = Files.createDirectories(store.resolve("0/r1/params"));
    Files.createSymbolicLink(params.resolve("stolen"), secret);
    LandResult result = land(config("location: " + store), List.of());
    assertThat(result.landed()).isEmpty();
    assertThat(files()).isEmpty();
    assertThat(result.notices())
        .singleElement()
        .satisfies(
            notice ->
                assertThat(notice.message())
                    .contains("params/stolen: it is a link to a file that is not below"));
  }

  @Test
  void checksThatASourceCanBeRead() throws IOException {
    Config whole = config("location: " + FIXTURE);
    assertThat(Deliveries.check(whole).problems()).isEmpty();
    Path empty = Files.createDirectories(folder.resolve("empty"));
    Config none = config("location: " + empty);
    assertThat(Deliveries.check(none).problems())
        .singleElement()
        .asString()
        .contains("it has no file meta.yaml");
  }

  private static LandResult land(Config config, List<Delivery> known) {
    return Landing.land(config, "run-1", NOW, known, Set.of(), Progress.SILENT);
  }

  private List<String> files() throws IOException {
    Path lake = folder.resolve("lake");
    if (!Files.exists(lake)) {
      return List.of();
    }
    try (Stream<Path> walk = Files.walk(lake)) {
      return walk.filter(Files::isRegularFile).map(Path::toString).toList();
    }
  }

  private Config config(String place) throws IOException {
    Path conf = Files.createDirectories(folder.resolve("conf"));
    Files.writeString(
        conf.resolve("sources.yml"), "sources:\n  - {id: tracker, kind: mlflow, " + place + "}\n");
    return Config.load(conf, null, Map.of("lake.root", folder.resolve("lake").toString()));
  }
}
