package costlake.cli;

import costlake.config.Config;
import costlake.serve.SqlServer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs {@code costlake serve sql} until the process is stopped. */
@Command(
    name = "sql",
    description = {
      "Listen for BI tools with Arrow Flight SQL.",
      "It answers JDBC, ODBC and ADBC drivers until it is stopped."
    },
    footer = {
      "",
      "Example: costlake serve sql --conf demo/conf --port 31337",
      "Connect:"
          + " jdbc:arrow-flight-sql://127.0.0.1:31337/?useEncryption=false&user=NAME&password=...",
      "Limits, TLS and the file of users: serve.* in docs/configuration.md"
    })
final class ServeSqlCommand implements Runnable {
  @Mixin CommonOptions common;

  @Option(
      names = "--port",
      paramLabel = "N",
      description = "Port to listen on, 0 for any that is free (default: serve.port).")
  @Nullable Integer port;

  @Override
  public void run() {
    if (port != null) {
      common.sets.put("serve.port", port.toString());
    }
    Config config = common.config();
    try (SqlServer server = SqlServer.start(config)) {
      common
          .console()
          .say(
              "Listening on %s:%d%s"
                  .formatted(
                      config.serve().host(),
                      server.port(),
                      config.serve().tlsCertificate() == null ? "" : " with TLS"));
      server.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
