package costlake.night;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import costlake.build.ConfigurationViews;
import costlake.build.Functions;
import costlake.config.Config;
import costlake.config.RecordTable;
import costlake.config.SourceKind;
import costlake.config.SourceKinds;
import costlake.config.SourceRelation;
import costlake.core.Delivery;
import costlake.core.Progress;
import costlake.hours.Hours;
import costlake.hours.HoursReport;
import costlake.hours.HoursRequest;
import costlake.init.Init;
import costlake.land.Bronze;
import costlake.land.LandResult;
import costlake.land.Landing;
import costlake.model.Graph;
import costlake.model.Models;
import costlake.model.RelationName;
import costlake.model.Resolver;
import costlake.price.PriceReport;
import costlake.price.TokenPrices;
import costlake.price.TrafficNames;
import costlake.price.TrafficPricing;
import costlake.telemetry.Telemetry;
import costlake.testing.MalformedRecords;
import costlake.testing.SparkHarness;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * No record stops a night: each malformed one is rejected with its reason, or read with what it
 * has. The records are those of the fixtures with one malformed value each, the same in each run.
 */
@Tag("night")
class MalformedRecordsTest {
  private static final int RECORDS = 2_000;
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Map<String, String> COLUMNS =
      Map.of(
          "gateway",
          ", columns: {requested_at: start_time, request_id: x_request_id, endpoint_id: route,"
              + " model_id: response_model, tenant_id: team, status: response_code,"
              + " input_tokens: prompt_tokens, output_tokens: completion_tokens}");

  @TempDir Path folder;

  /** All kinds of records but MLflow, whose records are fetched. */
  static Stream<String> kinds() {
    return SourceKinds.of(SourceKind.Family.RECORDS)
        .map(SourceKind::id)
        .filter(kind -> Files.isDirectory(Path.of("sources", kind, "fixture")))
        .filter(kind -> !kind.equals("mlflow"));
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void noRecordOfAFileStopsTheNight(String kind) throws IOException {
    List<Path> fixtures = files(Path.of("sources", kind, "fixture"));
    for (Path fixture : fixtures) {
      Path target = folder.resolve("log/2026-09/" + fixture.getFileName());
      Files.createDirectories(target.getParent());
      MalformedRecords malformed = MalformedRecords.of(kind + fixture.getFileName());
      int records = 1 + RECORDS / fixtures.size();
      if (fixture.toString().matches(".*\\.(json|jsonl|ndjson)")) {
        String name = target.getFileName().toString().replaceFirst("\\.[a-z]+$", ".jsonl");
        writeJson(fixture, target.resolveSibling(name), records, malformed);
      } else {
        writeTable(fixture, target, records, malformed);
      }
    }
    LandResult landed = land(kind, "location: ../log" + COLUMNS.getOrDefault(kind, ""));
    assertThat(landed.refused()).isEmpty();
    assertThat(landed.notices()).noneMatch(notice -> notice.message().contains("still count"));
    assertThat(landed.rejects()).isNotEmpty();
    assertThat(landed.landed().stream().mapToLong(Delivery::rows).sum())
        .isGreaterThanOrEqualTo(RECORDS);
    read(kind, landed);
  }

  private static List<Path> files(Path root) throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    }
  }

  private static void writeJson(Path fixture, Path target, int records, MalformedRecords malformed)
      throws IOException {
    List<JsonNode> good = good(fixture);
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < records; i++) {
      lines.add(malformed.line(good.get(i % good.size())));
    }
    lines.add(JSON.writeValueAsString(good.get(0)));
    Files.write(target, lines);
  }

  private static List<JsonNode> good(Path fixture) throws IOException {
    List<JsonNode> good = new ArrayList<>();
    try (MappingIterator<JsonNode> nodes =
        JSON.reader()
            .with(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .forType(JsonNode.class)
            .readValues(fixture.toFile())) {
      nodes.forEachRemaining(good::add);
    }
    return good;
  }

  private static void writeTable(Path fixture, Path target, int records, MalformedRecords malformed)
      throws IOException {
    char separator = fixture.toString().endsWith(".psv") ? '|' : ',';
    List<List<String>> good;
    try (CsvReader<CsvRecord> rows =
        CsvReader.builder().fieldSeparator(separator).ofCsvRecord(fixture)) {
      good = rows.stream().map(CsvRecord::getFields).toList();
    }
    int fields = good.get(0).size();
    List<List<String>> whole = good.stream().skip(1).filter(r -> r.size() == fields).toList();
    try (CsvWriter csv = CsvWriter.builder().fieldSeparator(separator).build(target)) {
      csv.writeRecord(good.get(0));
      for (int i = 0; i < records; i++) {
        csv.writeRecord(malformed.fields(whole.get(i % whole.size())));
      }
      csv.writeRecord(whole.get(0));
    }
  }

  @Test
  void noRunOfMlflowsFilesStopsTheNight() throws IOException {
    MalformedRecords malformed = MalformedRecords.of("files");
    String good = Files.readString(Path.of("sources/mlflow/fixture/mlruns/1/aaa/meta.yaml"));
    write("mlruns/1/meta.yaml", "name: churn\n");
    for (int i = 0; i < RECORDS; i++) {
      String run = "mlruns/1/r" + i;
      List<String> lines = new ArrayList<>(good.lines().map(l -> l.replace("aaa", "r")).toList());
      int at = malformed.below(lines.size());
      String name = lines.get(at).replaceFirst(":.*", ": ");
      lines.set(at, malformed.below(9) == 0 ? malformed.text() : name + malformed.text());
      write(run + "/meta.yaml", String.join("\n", lines) + "\n");
      write(run + "/metrics/accuracy", "1788602400000 0.5 1\n" + malformed.text() + " 0.5 2\n1 ");
      write(run + "/metrics/saved", malformed.text() + " 1\n1788602400000 " + malformed.text());
      write(run + "/tags/team", malformed.text());
    }
    String columns = "columns: {checkpoints: metrics.saved}";
    LandResult landed = land("mlflow", "location: ../mlruns, " + columns);
    assertThat(landed.refused()).isEmpty();
    assertThat(landed.landed()).hasSize(1);
    read("mlflow", landed);
  }

  @Test
  void noRunOfMlflowsTablesStopsTheNight() throws IOException, SQLException {
    MalformedRecords malformed = MalformedRecords.of("tables");
    Path file = folder.resolve("mlflow.db");
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file)) {
      connection.setAutoCommit(false);
      connection.createStatement().execute("create table experiments (experiment_id, name)");
      insert(
          connection,
          malformed,
          "runs",
          "run_uuid, name, user_id, status, start_time, end_time, lifecycle_stage, artifact_uri,"
              + " experiment_id",
          "r%d",
          "first",
          "ann",
          "FINISHED",
          "1788602400000",
          "1788606000000",
          "active",
          "s3://a",
          "1");
      String metric = "key, value, timestamp, step, is_nan, run_uuid";
      String[] metrics = {"saved", "0.5", "1788602400000", "1", "0", "r%d"};
      insert(connection, malformed, "latest_metrics", metric, metrics);
      insert(connection, malformed, "metrics", metric, metrics);
      insert(connection, malformed, "params", "key, value, run_uuid", "lr", "0.1", "r%d");
      insert(connection, malformed, "tags", "key, value, run_uuid", "team", "vision", "r%d");
      insert(
          connection,
          malformed,
          "model_versions",
          "name, version, creation_time, current_stage, run_id",
          "ranker",
          "%d",
          "1788606000000",
          "None",
          "r%d");
      connection.commit();
    }
    String columns = "columns: {checkpoints: metrics.saved}";
    LandResult landed = land("mlflow", "location: ../mlflow.db, " + columns);
    assertThat(landed.refused()).isEmpty();
    assertThat(landed.landed()).hasSize(1);
    read("mlflow", landed);
  }

  /** Fills a table whose columns take any type, as those of SQLite do. */
  private static void insert(
      Connection connection,
      MalformedRecords malformed,
      String table,
      String columns,
      String... row)
      throws SQLException {
    connection.createStatement().execute("create table " + table + " (" + columns + ")");
    String places = "?" + ", ?".repeat(row.length - 1);
    try (PreparedStatement insert =
        connection.prepareStatement("insert into " + table + " values (" + places + ")")) {
      for (int i = 0; i <= RECORDS; i++) {
        int at = i == RECORDS ? -1 : malformed.below(row.length);
        for (int field = 0; field < row.length; field++) {
          insert.setObject(
              field + 1, field == at ? cell(malformed) : row[field].replace("%d", "" + i));
        }
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }

  private static @Nullable Object cell(MalformedRecords malformed) {
    return switch (malformed.below(6)) {
      case 0 -> null;
      case 1 -> new byte[] {(byte) 0xED, (byte) 0xA0, (byte) 0x80, 0};
      case 2 -> Long.MIN_VALUE;
      case 3 -> 1e308;
      default -> malformed.text();
    };
  }

  @Test
  void noRunOfMlflowsServerStopsTheNight() throws IOException {
    JsonNode run =
        JSON.readTree(
            """
            {"info": {"run_id": "r1", "run_name": "first", "experiment_id": "1", "user_id": "ann",
              "status": "FINISHED", "start_time": 1788602400000, "end_time": 1788606000000,
              "artifact_uri": "s3://a/r1", "lifecycle_stage": "active"},
              "data": {"metrics": [{"key": "accuracy", "value": 0.913, "timestamp": 1, "step": 10}],
                "params": [{"key": "lr", "value": "0.1"}],
                "tags": [{"key": "costlake.pod", "value": "ml/first-0"}]}}
            """);
    MalformedRecords malformed = MalformedRecords.parsed("server");
    List<String> runs = IntStream.range(0, RECORDS).mapToObj(i -> malformed.line(run)).toList();
    HttpServer server = server("{\"runs\": [" + String.join(",", runs) + "," + run + "]}");
    try {
      LandResult landed = land("mlflow", "url: 'http://127.0.0.1:%d'".formatted(port(server)));
      assertThat(landed.refused()).isEmpty();
      assertThat(landed.landed()).hasSize(1);
      assertThat(landed.landed().get(0).rows()).isGreaterThanOrEqualTo(RECORDS);
      read("mlflow", landed);
    } finally {
      server.stop(0);
    }
  }

  @Test
  void aResponseOfMlflowsServerThatIsNoJsonIsNamed() throws IOException {
    MalformedRecords malformed = MalformedRecords.of("responses");
    JsonNode body = JSON.readTree("{\"runs\": [{\"info\": {\"run_id\": \"r\"}}]}");
    String[] refused = {"", "[", "nul", "{\"runs\": [" + "[".repeat(5_000), malformed.line(body)};
    for (String response : refused) {
      HttpServer server = server(response);
      try {
        LandResult landed = land("mlflow", "url: 'http://127.0.0.1:%d'".formatted(port(server)));
        assertThat(landed.refused()).isEmpty();
      } finally {
        server.stop(0);
      }
    }
  }

  @Test
  void noLineOfAJobLogStopsTheCountOfHours() throws IOException {
    Path fixture = Path.of("sources/slurm/fixture/2026-09/jobs.psv");
    Path log = folder.resolve("sacct.psv");
    writeTable(fixture, log, RECORDS, MalformedRecords.of("hours"));
    HoursReport report =
        Hours.run(
            SparkHarness.spark().newSession(),
            Config.defaults(folder),
            new HoursRequest(
                List.of(log),
                SourceKinds.of("slurm"),
                List.of(),
                ZoneOffset.UTC,
                folder.resolve("out")),
            Progress.SILENT);
    assertThat(report.rows()).isEqualTo(RECORDS + 1);
    assertThat(report.totals().jobs()).isPositive();
  }

  @Test
  void noRequestStopsPricing() throws IOException {
    MalformedRecords malformed = MalformedRecords.of("price");
    TrafficNames names = new TrafficNames("t", "i", "o", "c", "b", null, null);
    TokenPrices prices = TokenPrices.of(Config.defaults(folder));
    List<String> good = List.of("2026-09-01T10:00:00Z", "1000", "100", "10", "false");
    Path traffic = folder.resolve("traffic.csv");
    try (CsvWriter csv = CsvWriter.builder().build(traffic)) {
      csv.writeRecord("t", "i", "o", "c", "b");
      for (int i = 0; i < RECORDS; i++) {
        csv.writeRecord(malformed.fields(good));
      }
    }
    JsonNode request =
        JSON.valueToTree(Map.of("t", good.get(0), "i", 1000, "o", 100, "c", 10, "b", false));
    Path lines = folder.resolve("traffic.jsonl");
    List<String> requests = new ArrayList<>();
    for (int i = 0; i < RECORDS; i++) {
      requests.add(malformed.cutLine(request));
    }
    requests.add(JSON.writeValueAsString(request));
    Files.write(lines, requests);
    PriceReport report =
        TrafficPricing.run(
            List.of(traffic, lines),
            names,
            prices,
            List.of(prices.model("gpt-4o")),
            folder.resolve("rejects.csv"),
            Progress.SILENT);
    assertThat(report.requests()).isEqualTo(2 * RECORDS + 1);
    assertThat(report.rejected()).isPositive();
    assertThat(report.costs().get(0).requests() + report.rejected()).isEqualTo(report.requests());
  }

  @Test
  void noChargeStopsInit() throws IOException {
    Path bills = folder.resolve("bills/2026-09");
    Files.createDirectories(bills);
    Path fixture = Path.of("tests/fixtures/focus/aws_every_line_type.csv");
    writeTable(fixture, bills.resolve("a.csv"), RECORDS, MalformedRecords.of("init"));
    Path conf = folder.resolve("mine");
    Init.write(
        SparkHarness.spark().newSession(),
        Config.defaults(folder),
        Init.recognise(folder.resolve("bills"), conf),
        conf,
        Progress.SILENT);
    assertThat(Config.load(conf, null, Map.of()).sources()).hasSize(1);
  }

  private static int port(HttpServer server) {
    return server.getAddress().getPort();
  }

  private static HttpServer server(String runs) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          String path = exchange.getRequestURI().getPath();
          String answer =
              path.endsWith("experiments/search")
                  ? "{\"experiments\": [{\"experiment_id\": \"1\", \"name\": \"churn\"}]}"
                  : path.endsWith("runs/search") ? runs : "{}";
          byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
    server.start();
    return server;
  }

  private LandResult land(String kind, String settings) throws IOException {
    write("conf/sources.yml", "sources:\n  - {id: log, kind: %s, %s}\n".formatted(kind, settings));
    return Landing.land(config(), "run", Instant.EPOCH, List.of(), Set.of(), Progress.SILENT);
  }

  private Config config() {
    return Config.load(
        folder.resolve("conf"),
        null,
        Map.of(
            "lake.root", folder.resolve("lake").toString(),
            "limits.rejected_rows_ratio_max", "1",
            "limits.rejected_cost_ratio_max", "1"));
  }

  private void write(String path, String text) throws IOException {
    Path file = folder.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  /** Reads all rows of a kind, and computes the tables of records from them. */
  private void read(String id, LandResult landed) {
    SourceKind kind = SourceKinds.of(id);
    Config config = config();
    SparkSession spark = SparkHarness.spark().newSession();
    Functions.register(spark);
    Bronze.register(spark, config, landed.landed());
    Telemetry.register(spark, config, List.of(), Set.of());
    Graph graph = Models.embedded(SourceKinds.active(Set.of(id))).compile();
    ConfigurationViews.register(spark, config, graph);
    long rows = 0;
    for (SourceRelation relation : kind.relations()) {
      rows += spark.table("bronze__" + relation.name()).count();
    }
    assertThat(rows)
        .isEqualTo(landed.landed().stream().mapToLong(d -> d.rows() - d.rejected()).sum());
    assertThat(records(spark, graph)).as("records of " + id).isPositive();
  }

  private static long records(SparkSession spark, Graph graph) {
    Set<RelationName> wanted = new HashSet<>();
    for (RecordTable table : RecordTable.values()) {
      RelationName name = RelationName.parse(table.table());
      wanted.add(name);
      wanted.addAll(graph.partsOf(graph.model(name)));
    }
    graph.order().stream()
        .filter(model -> wanted.contains(model.name()))
        .forEach(
            model ->
                spark
                    .sql(model.render(Resolver.VIEWS))
                    .createOrReplaceTempView(model.name().view()));
    long rows = 0;
    for (RecordTable table : RecordTable.values()) {
      String view = RelationName.parse(table.table()).view();
      spark.table(view).write().format("noop").mode("append").save();
      rows += spark.table(view).count();
    }
    return rows;
  }
}
