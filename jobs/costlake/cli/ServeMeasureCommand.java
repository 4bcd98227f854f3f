package costlake.cli;

import costlake.config.Config;
import costlake.config.Member;
import costlake.core.Failure;
import costlake.core.FileErrors;
import costlake.serve.LoadMeasurement;
import costlake.serve.SqlServer;
import costlake.serve.Users;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.RowFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs {@code costlake serve measure}: starts a server and measures it under load. */
@Command(
    name = "measure",
    description = {
      "Measure how long answers take in many sessions.",
      "It starts the endpoint, runs a folder of queries in many sessions at once, and prints the"
          + " times."
    },
    footer = {
      "",
      "Example: costlake serve measure --conf demo/conf --questions docs/questions --sessions 50",
      "It signs in as a member of role finance, with a temporary password; exit code 4 when a query"
          + " failed."
    })
final class ServeMeasureCommand implements Runnable {
  @Mixin CommonOptions common;
  @Mixin FormatOption format;

  @Option(
      names = "--questions",
      paramLabel = "DIR",
      description = "Folder of .sql files (default: docs/questions).")
  Path questions = Path.of("docs/questions");

  @Option(
      names = "--sessions",
      paramLabel = "N",
      description = "Sessions at the same time (default: 50).")
  int sessions = 50;

  @Override
  public void run() {
    common.sets.put("serve.port", "0");
    common.sets.put("serve.host", "127.0.0.1");
    List<Path> asked = LoadMeasurement.questions(questions);
    Path users = file();
    try {
      common.sets.put("serve.users", users.toString());
      Config config = common.config();
      String user = finance(config);
      String password = Users.newPassword();
      Users.put(users, user, password);
      measure(config, user, password, asked);
    } finally {
      users.toFile().delete();
    }
  }

  private static Path file() {
    try {
      return Files.createTempFile("costlake-users", "");
    } catch (IOException e) {
      throw Failure.operator(e, "Cannot make a file for a password: %s", FileErrors.why(e));
    }
  }

  private static String finance(Config config) {
    return config.owners().members().stream()
        .filter(member -> member.role() == Member.Role.FINANCE)
        .map(Member::user)
        .findFirst()
        .orElseThrow(
            () ->
                Failure.operator(
                    "Cannot measure: no member in owners.yml has the role finance. Add one"));
  }

  private void measure(Config config, String user, String password, List<Path> asked) {
    long began = System.nanoTime();
    try (SqlServer server = SqlServer.start(config)) {
      long ready_ms = (System.nanoTime() - began) / 1_000_000;
      LoadMeasurement measure = new LoadMeasurement("127.0.0.1", server.port(), user, password);
      print(measure.run(asked, sessions), asked.size(), ready_ms);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void print(LoadMeasurement.Times times, int questions, long ready_ms) {
    new ResultPrinter(common.data())
        .print(
            format.chosen,
            Arrays.asList(
                "sessions",
                "questions",
                "answers",
                "errors",
                "rows",
                "ready_ms",
                "p50_ms",
                "p95_ms"),
            List.of(
                    RowFactory.create(
                        times.sessions(),
                        questions,
                        times.answers(),
                        times.errors().size(),
                        times.rows(),
                        ready_ms,
                        times.p50().toMillis(),
                        times.p95().toMillis()))
                .iterator());
    if (!times.errors().isEmpty()) {
      LoadMeasurement.Unanswered first = times.errors().get(0);
      throw Failure.internal(
          "%d of %d queries failed; the first is %s: %s",
          times.errors().size(), times.sessions() * questions, first.question(), first.message());
    }
  }
}
