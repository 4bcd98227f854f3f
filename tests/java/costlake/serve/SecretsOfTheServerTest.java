package costlake.serve;

import static org.assertj.core.api.Assertions.assertThat;

import costlake.cli.Main;
import costlake.testing.JavaProcess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A member cannot read the environment, the system properties or the settings of the server. */
@Tag("night")
@Timeout(value = 180, unit = TimeUnit.SECONDS)
class SecretsOfTheServerTest {
  private static final String CANARY = "canary-4f2a";

  private static final Pattern LISTENING = Pattern.compile("Listening on 127.0.0.1:(\\d+)");

  @TempDir static Path folder;
  private static Process server;
  private static Connection connection;

  @BeforeAll
  static void serve() throws IOException, InterruptedException, SQLException {
    Path conf = SmallLake.conf(folder);
    Users.put(conf.resolve("users"), "ines", Served.PASSWORD);
    Files.writeString(
        conf.resolve("costlake.yml"),
        """
        lake: {root: %s}
        serve: {users: %s, worker_heap_mib: 700}
        spark: {properties: {spark.costlake.canary: %s, spark.sql.variable.substitute: 'true'}}
        """
            .formatted(folder.resolve("lake"), conf.resolve("users"), CANARY));
    server =
        JavaProcess.of(Main.class, "300m")
            .options(List.of("-Dcostlake.canary=" + CANARY))
            .environment(Map.of("AWS_SECRET_ACCESS_KEY", CANARY, "MAIL_PASSWORD", CANARY))
            .arguments("serve", "sql", "--conf", conf.toString(), "--port", "0")
            .start(folder.resolve("log"));
    connection = connection(port(folder.resolve("log")));
  }

  private static Connection connection(int port) throws SQLException {
    Properties user = new Properties();
    user.setProperty("user", "ines");
    user.setProperty("password", Served.PASSWORD);
    user.setProperty("useEncryption", "false");
    return DriverManager.getConnection("jdbc:arrow-flight-sql://127.0.0.1:" + port, user);
  }

  private static int port(Path log) throws IOException, InterruptedException {
    Matcher listening = LISTENING.matcher("");
    while (!listening.reset(Files.readString(log)).find()) {
      assertThat(server.isAlive()).as(Files.readString(log)).isTrue();
      Thread.sleep(200);
    }
    return Integer.parseInt(listening.group(1));
  }

  @AfterAll
  static void stop() throws SQLException {
    connection.close();
    server.descendants().forEach(ProcessHandle::destroyForcibly);
    server.destroyForcibly();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "${env:AWS_SECRET_ACCESS_KEY}",
        "${env:MAIL_PASSWORD}",
        "${system:costlake.canary}",
        "${spark.costlake.canary}",
        "${sparkconf:spark.costlake.canary}",
        "${hiveconf:spark.costlake.canary}"
      })
  void aReferenceToASecretIsPlainText(String reference) throws SQLException {
    assertThat(ask("select '" + reference + "' as secret", null)).isEqualTo(reference);
    assertThat(ask("with x as (select ? as secret) select secret from x", reference))
        .isEqualTo(reference);
  }

  private static String ask(String sql, String argument) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      if (argument != null) {
        statement.setString(1, argument);
      }
      try (ResultSet rows = statement.executeQuery()) {
        rows.next();
        return rows.getString(1);
      }
    }
  }

  @Test
  void queryProcessesDoNotHaveTheEnvironmentOfTheServer() throws IOException {
    assertThat(environment(server.toHandle())).contains("MAIL_PASSWORD=" + CANARY);
    assertThat(server.descendants())
        .isNotEmpty()
        .allSatisfy(
            worker -> assertThat(environment(worker)).contains("PATH=").doesNotContain(CANARY));
  }

  private static String environment(ProcessHandle process) throws IOException {
    return Files.readString(
        Path.of("/proc", Long.toString(process.pid()), "environ"), StandardCharsets.ISO_8859_1);
  }
}
