package costlake.serve;

import costlake.config.Config;
import costlake.config.LakeConfig;
import costlake.lake.Lake;
import costlake.night.TinyCompany;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.Callable;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** A server for the tiny company. Tests query it with Arrow's JDBC driver. */
final class Served implements AutoCloseable {
  static final String PASSWORD = "a long enough password";

  private static final int SAID_MAX = 2_000;

  /** Number of queries in {@code docs/questions}. */
  static final int QUESTIONS = 40;

  /** The users of the server. */
  static final String OWNERS =
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

  private final Config config;
  private final SparkSession session;
  private final SqlServer server;

  private Served(Config config, SparkSession session) {
    this.config = config;
    this.session = session;
    this.server = start(config);
  }

  private static SqlServer start(Config config) {
    try {
      return SqlServer.start(config);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Holds the company that is created once for all tests of the process. Tests only read it. */
  private static final class Shared {
    static final TinyCompany COMPANY = company(folder(), LakeConfig.Format.ICEBERG);
  }

  /**
   * Returns the company on Iceberg that tests share. No test may add deliveries to it or run its
   * night.
   */
  static TinyCompany company() {
    return Shared.COMPANY;
  }

  /** Creates a company for one test, below a folder. */
  static TinyCompany company(Path folder, LakeConfig.Format format) {
    TinyCompany company = new TinyCompany(folder, format);
    company.write("conf/owners.yml", OWNERS);
    company.deliver("20");
    company.night();
    return company;
  }

  private static Path folder() {
    try {
      return Files.createTempDirectory(Path.of("target").toAbsolutePath(), "served-");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Starts a server for the lake of a company. {@code sets} has additional settings by key. */
  static Served of(TinyCompany company, Map<String, String> sets) {
    return of(company.conf(), company.config().lake(), company.session(), sets);
  }

  /**
   * Serves a lake with the configuration in {@code conf}. {@code sets} has additional settings by
   * key.
   */
  static Served of(Path conf, LakeConfig lake, SparkSession session, Map<String, String> sets) {
    Map<String, String> all = new LinkedHashMap<>();
    all.put("serve.worker_heap_mib", "700");
    all.putAll(sets);
    Path users = conf.resolve("users");
    for (String user : List.of("ines", "lena", "pat", "finn", "gone")) {
      Users.put(users, user, PASSWORD);
    }
    all.put("serve.port", "0");
    all.put("lake.format", lake.format().name().toLowerCase(java.util.Locale.ROOT));
    all.put("lake.root", lake.root());
    return new Served(Config.load(conf, null, all), session);
  }

  Config config() {
    return config;
  }

  int port() {
    return server.port();
  }

  Connection connect(String user, String password) throws SQLException {
    return connect(user, password, Map.of("useEncryption", "false"));
  }

  /** Connects with additional properties of the driver. */
  Connection connect(String user, String password, Map<String, String> further)
      throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", user);
    properties.setProperty("password", password);
    further.forEach(properties::setProperty);
    return DriverManager.getConnection(
        "jdbc:arrow-flight-sql://127.0.0.1:" + server.port(), properties);
  }

  /** Returns the rows of a query as the driver reads them. */
  List<List<Object>> ask(String user, String sql) throws SQLException {
    try (Connection connection = connect(user, PASSWORD);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      return read(rows);
    }
  }

  static List<List<Object>> read(ResultSet rows) throws SQLException {
    List<List<Object>> read = new ArrayList<>();
    while (rows.next()) {
      List<Object> row = new ArrayList<>();
      for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
        row.add(rows.getObject(i));
      }
      read.add(row);
    }
    return read;
  }

  /** Returns the message of the driver for a query that must fail. */
  String refusal(String user, String sql) {
    return refusal(() -> ask(user, sql), sql);
  }

  static String refusal(Callable<List<List<Object>>> asking, String sql) {
    try {
      List<List<Object>> rows = asking.call();
      throw new AssertionError("answered: " + cut(sql) + " -> " + rows);
    } catch (Exception e) { // the driver also throws other exceptions while it reads rows
      StringBuilder said = new StringBuilder();
      for (Throwable t = e; t != null; t = t.getCause()) {
        said.append(cut(String.valueOf(t.getMessage()))).append('\n');
      }
      return said.toString();
    }
  }

  /** Shortens a message. A message can quote a query of a megabyte, once for each cause. */
  private static String cut(String text) {
    return text.length() <= SAID_MAX ? text : text.substring(0, SAID_MAX) + "...";
  }

  /** Returns the rows of one query, which reads the lake without the server. */
  List<List<Object>> inTheLake(String sql) {
    return inTheLake(List.of(sql)).get(0);
  }

  /** Returns the rows of each query, which reads the lake without the server. */
  List<List<List<Object>>> inTheLake(List<String> questions) {
    SparkSession.setActiveSession(session);
    Lake lake = Lake.open(config.lake(), session);
    lake.registerViews(table -> table.startsWith("reporting."));
    List<List<List<Object>>> answers = questions.stream().map(this::rows).toList();
    session.sql("drop database spark_catalog.reporting cascade");
    return answers;
  }

  private List<List<Object>> rows(String sql) {
    List<List<Object>> read = new ArrayList<>();
    for (Row row : session.sql(sql).collectAsList()) {
      List<Object> values = new ArrayList<>();
      for (int i = 0; i < row.size(); i++) {
        values.add(row.get(i));
      }
      read.add(values);
    }
    return read;
  }

  @Override
  public void close() {
    server.close();
  }
}
